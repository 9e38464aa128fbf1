import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { PrivateKeyJwk } from '@hetao/proofs';
import { signCheckpoint, type SignedCheckpoint } from './checkpoint.signature.js';
import {
  chainHash,
  chainStart,
  encodeHead,
  encodeRecord,
  type RecordEntry,
  type RecordingHead,
} from './record.codec.js';

/** Where recordings lie, and what closes them. */
export interface RecordingPlace {
  readonly folder: string;
  readonly signingKey: PrivateKeyJwk;
  /** Most bytes one recording may take; what would be longer is treated as a full disk. */
  readonly maxBytes: number;
}

export function recordingFile(folder: string, session: string): string {
  return join(folder, `${session}.rec`);
}

/**
 * Writes one session down as it is shown: every frame before it leaves. What cannot be written is not shown, so an error
 * of the file ends the session; the file is cut back to its last whole record and can still be closed.
 */
export class RecordingWriter {
  readonly #file: FileHandle;
  readonly #session: string;
  readonly #key: Buffer;
  readonly #place: RecordingPlace;
  #bytes = 0;
  #records = 0;
  #checkpoints = 0;
  #hash: Buffer = chainStart;
  #turn: Promise<unknown> = Promise.resolve();
  #broken = false;

  private constructor(file: FileHandle, session: string, key: Buffer, place: RecordingPlace) {
    this.#file = file;
    this.#session = session;
    this.#key = key;
    this.#place = place;
  }

  /**
   * Begins the recording of a session.
   *
   * @throws Error of the file system: no place, no right, or a recording of this session exists.
   */
  static async begin(place: RecordingPlace, head: RecordingHead, key: Buffer): Promise<RecordingWriter> {
    await mkdir(place.folder, { recursive: true, mode: 0o700 });
    const file = await open(recordingFile(place.folder, head.session), 'wx', 0o600);
    const writer = new RecordingWriter(file, head.session, key, place);
    await writer.#write(encodeHead(head));
    return writer;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Writes one entry. Resolved, it is in the file; entries keep the order of the calls.
   *
   * @throws Error of the file system; nothing can be written after it.
   */
  append(entry: RecordEntry): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#broken) throw new Error('The recording was broken off.');
      await this.#write(encodeRecord(this.#key, this.#session, this.#records + 1, entry));
      this.#records += 1;
    });
  }

  /** Makes durable what was written, and signs it. With `closed` it is the last of the recording, and the file is closed. */
  checkpoint(at: Date, closed = false): Promise<SignedCheckpoint> {
    return this.#inTurn(async () => {
      await this.#file.datasync();
      this.#checkpoints += 1;
      const signed = await signCheckpoint(
        {
          session: this.#session,
          number: this.#checkpoints,
          records: this.#records,
          bytes: this.#bytes,
          hash: this.#hash.toString('hex'),
          at: at.toISOString(),
          closed,
        },
        this.#place.signingKey,
      );
      if (closed) await this.#file.close();
      return signed;
    });
  }

  async #write(bytes: Buffer): Promise<void> {
    try {
      if (this.#bytes + bytes.byteLength > this.#place.maxBytes) {
        throw new RangeError(`A recording may be ${this.#place.maxBytes} bytes long.`);
      }
      // A disk that fills up takes a part of what it is given, and says so with the next byte.
      for (let written = 0; written < bytes.byteLength;) {
        const rest = bytes.byteLength - written;
        written += (await this.#file.write(bytes, written, rest, this.#bytes + written)).bytesWritten;
      }
    } catch (error) {
      this.#broken = true;
      await this.#file.truncate(this.#bytes);
      throw error;
    }
    this.#bytes += bytes.byteLength;
    this.#hash = chainHash(this.#hash, bytes);
  }

  /** One after the other: two frames at once would tear the chain. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work, work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
