import { existsSync } from 'node:fs';
import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Reader, type Result } from '@hetao/kernel';
import { SERVICE_CONFIG } from '@hetao/runtime';
import { decodeFrame, type Frame } from '../pixel/frame.codec.js';
import type { SignedCheckpoint } from '../recording/checkpoint.signature.js';
import { openRecordingKey } from '../recording/recording-key.codec.js';
import { RecordingReader, type RawRecord } from '../recording/recording.reader.js';
import { verifyRecording, type RecordingVerdict } from '../recording/recording.verifier.js';
import { recordingFile } from '../recording/recording.writer.js';
import type { SandboxConfig } from '../sandbox.config.js';
import { recordingsFolder } from './live-sessions.register.js';
import { sessionErrors } from './session.errors.js';
import { SessionQueries } from './session.queries.js';

/** What a reviewer is shown of a recording in one answer. */
export interface RecordingPage {
  readonly entries: readonly RecordingEntry[];
  /** Number of the last record of the page; null when nothing comes after it. */
  readonly next: number | null;
}
export interface RecordingEntry {
  readonly number: number;
  readonly atMs: number;
  readonly frame: Frame | null;
  readonly event: unknown;
}

const MAX_ENTRIES = 200;
const MAX_PAGE_BYTES = 3 * 1024 * 1024;

/** Recordings for those who review them. */
@Injectable()
export class RecordingQueries {
  readonly #sessions: SessionQueries;
  readonly #config: SandboxConfig;

  constructor(sessions: SessionQueries, @Inject(SERVICE_CONFIG) config: SandboxConfig) {
    this.#sessions = sessions;
    this.#config = config;
  }

  async checkpoints(id: string, reader: Reader): Promise<Result<readonly SignedCheckpoint[], DomainError>> {
    const found = await this.#file(id, reader);
    return found.ok ? ok(await this.#sessions.checkpoints(id)) : found;
  }

  /** Reads the whole recording against its checkpoints. */
  async verify(id: string, reader: Reader): Promise<Result<RecordingVerdict, DomainError>> {
    const found = await this.#file(id, reader);
    if (!found.ok) return found;
    const { kty, crv, x } = this.#config.SANDBOX_RECEIPT_KEY;
    return ok(await verifyRecording(found.value, await this.#sessions.checkpoints(id), { kty, crv, x }));
  }

  /** What was shown, from behind the record `after` on; 0 begins at the start. */
  async page(id: string, reader: Reader, after: number): Promise<Result<RecordingPage, DomainError>> {
    const found = await this.#file(id, reader);
    if (!found.ok) return found;
    const recording = await RecordingReader.open(found.value);
    try {
      return ok(await this.#read(recording, await this.#start(id, recording, after), after));
    } finally {
      await recording.close();
    }
  }

  /** The last checkpoint that lies before what is asked for: from there on the file is read record by record. */
  async #start(id: string, recording: RecordingReader, after: number) {
    const checkpoint = (await this.#sessions.checkpoints(id)).findLast(({ records }) => records <= after);
    if (checkpoint === undefined) return recording.start;
    return { offset: checkpoint.bytes, record: checkpoint.records };
  }

  async #read(recording: RecordingReader, from: RecordingReader['start'], after: number): Promise<RecordingPage> {
    const keys = {
      shenzhen: this.#config.SANDBOX_RECORDING_KEY_SHENZHEN,
      hongKong: this.#config.SANDBOX_RECORDING_KEY_HONG_KONG,
    };
    const key = openRecordingKey(keys, recording.head.session, recording.head.wrappedKey);
    const entries: RecordingEntry[] = [];
    let bytes = 0;
    for await (const record of recording.records(from)) {
      if (record.number <= after) continue;
      bytes += record.bytes.byteLength;
      if (entries.length > 0 && (entries.length >= MAX_ENTRIES || bytes > MAX_PAGE_BYTES)) {
        return { entries, next: entries.at(-1)?.number ?? null };
      }
      entries.push(entryOf(recording, key, record));
    }
    return { entries, next: null };
  }

  async #file(id: string, reader: Reader): Promise<Result<string, DomainError>> {
    const session = await this.#sessions.reviewed(id, reader);
    if (!session.ok) return session;
    const file = recordingFile(recordingsFolder(this.#config), id);
    return existsSync(file) ? ok(file) : err(sessionErrors.SESSION_RECORDING_MISSING(`${id} has no recording here.`));
  }
}

function entryOf(recording: RecordingReader, key: Buffer, record: RawRecord): RecordingEntry {
  const { kind, content } = recording.open(key, record);
  const { number, atMs } = record;
  if (kind === 'frame') return { number, atMs, frame: decodeFrame(content), event: null };
  return { number, atMs, frame: null, event: JSON.parse(content.toString('utf8')) };
}
