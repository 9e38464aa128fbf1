import { open, type FileHandle } from 'node:fs/promises';
import {
  chainHash,
  chainStart,
  decodeHead,
  decodeRecord,
  decodeRecordHead,
  headLength,
  headPrefixBytes,
  MAX_SEALED_BYTES,
  RECORD_HEAD_BYTES,
  type RecordEntry,
  type RecordingHead,
} from './record.codec.js';

/** A place between two records. */
export interface RecordPlace {
  readonly offset: number;
  readonly record: number;
}

/** One record as it lies in the file, and where the next begins. */
export interface RawRecord {
  readonly number: number;
  readonly atMs: number;
  readonly bytes: Buffer;
  readonly next: RecordPlace;
}

/** Reads a recording record by record: at no time more than one is in memory. */
export class RecordingReader {
  readonly #file: FileHandle;
  readonly head: RecordingHead;
  readonly #headBytes: Buffer;

  private constructor(file: FileHandle, headBytes: Buffer) {
    this.#file = file;
    this.#headBytes = headBytes;
    this.head = decodeHead(headBytes);
  }

  /** @throws Error when the file is missing or is no recording. */
  static async open(path: string): Promise<RecordingReader> {
    const file = await open(path, 'r');
    try {
      const length = headLength(await readAt(file, 0, headPrefixBytes));
      if (length === undefined) throw new RangeError('The file is no recording.');
      return new RecordingReader(file, await readAt(file, 0, length));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Where the first record lies. */
  get start(): RecordPlace {
    return { offset: this.#headBytes.byteLength, record: 0 };
  }

  /** The chain before the first record. */
  get startHash(): Buffer {
    return chainHash(chainStart, this.#headBytes);
  }

  /** The records from a place on, up to the first that is not whole. */
  async *records(from: RecordPlace = this.start): AsyncGenerator<RawRecord> {
    let { offset } = from;
    for (;;) {
      const head = await readAt(this.#file, offset, RECORD_HEAD_BYTES);
      if (head.byteLength < RECORD_HEAD_BYTES) return;
      const { sealedBytes, number, atMs } = decodeRecordHead(head);
      if (sealedBytes > MAX_SEALED_BYTES) return;
      const bytes = await readAt(this.#file, offset, RECORD_HEAD_BYTES + sealedBytes);
      if (bytes.byteLength < RECORD_HEAD_BYTES + sealedBytes) return;
      offset += bytes.byteLength;
      yield { number, atMs, bytes, next: { offset, record: number } };
    }
  }

  /** @throws Error when the record was changed. */
  open(key: Buffer, record: RawRecord): RecordEntry {
    return decodeRecord(key, this.head.session, record.bytes);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, offset);
  return buffer.subarray(0, bytesRead);
}
