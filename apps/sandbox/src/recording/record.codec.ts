import { createHash } from 'node:crypto';
import { canonicalJson } from '@hetao/kernel';
import { openBytes, sealBytes } from './recording-key.codec.js';

/** What a recording begins with, in clear. */
export interface RecordingHead {
  readonly session: string;
  readonly startedAt: string;
  readonly width: number;
  readonly height: number;
  readonly tile: number;
  /** The recording's key, sealed with both keys of the house. */
  readonly wrappedKey: string;
}

/** One entry: a frame as it was shown, or something that happened, as JSON. */
export interface RecordEntry {
  readonly kind: 'frame' | 'event';
  readonly atMs: number;
  readonly content: Buffer;
}

const MAGIC = Buffer.from('HETAOREC1\n');
const KINDS = ['frame', 'event'] as const;
/** `u32 length of what is sealed, u32 number, f64 time in ms`, big-endian. */
export const RECORD_HEAD_BYTES = 16;
/** A full screen of noise is 1.5 MB; anything longer is no record of ours. */
export const MAX_SEALED_BYTES = 8 * 1024 * 1024;

export function encodeHead(head: RecordingHead): Buffer {
  const json = Buffer.from(canonicalJson({ ...head }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.byteLength);
  return Buffer.concat([MAGIC, length, json]);
}

/** How many bytes tell how long the head is. */
export const headPrefixBytes = MAGIC.byteLength + 4;

/** The length of the whole head, told by its first bytes; undefined when it is no recording. */
export function headLength(prefix: Buffer): number | undefined {
  if (prefix.byteLength < headPrefixBytes || !prefix.subarray(0, MAGIC.byteLength).equals(MAGIC)) return undefined;
  const length = prefix.readUInt32BE(MAGIC.byteLength);
  return length > 4_096 ? undefined : headPrefixBytes + length;
}

/** @throws SyntaxError when it is no head. */
export function decodeHead(bytes: Buffer): RecordingHead {
  return JSON.parse(bytes.subarray(headPrefixBytes).toString('utf8')) as RecordingHead;
}

/** One record as it lies in the file. Number, time and session are bound to it: records cannot change places. */
export function encodeRecord(key: Buffer, session: string, number: number, entry: RecordEntry): Buffer {
  const plain = Buffer.concat([Buffer.from([KINDS.indexOf(entry.kind)]), entry.content]);
  const head = Buffer.alloc(RECORD_HEAD_BYTES);
  head.writeUInt32BE(number, 4);
  head.writeDoubleBE(entry.atMs, 8);
  const sealed = sealBytes(key, plain, boundTo(session, head));
  head.writeUInt32BE(sealed.byteLength, 0);
  return Buffer.concat([head, sealed]);
}

/** What a record's head says, before anything is opened. */
export function decodeRecordHead(head: Buffer): {
  readonly sealedBytes: number;
  readonly number: number;
  readonly atMs: number;
} {
  return { sealedBytes: head.readUInt32BE(0), number: head.readUInt32BE(4), atMs: head.readDoubleBE(8) };
}

/** @throws Error when the record was changed, or belongs elsewhere. */
export function decodeRecord(key: Buffer, session: string, record: Buffer): RecordEntry {
  const head = record.subarray(0, RECORD_HEAD_BYTES);
  const plain = openBytes(key, record.subarray(RECORD_HEAD_BYTES), boundTo(session, head));
  const kind = KINDS[plain.readUInt8(0)];
  if (kind === undefined) throw new RangeError('The record is of no known kind.');
  return { kind, atMs: head.readDoubleBE(8), content: plain.subarray(1) };
}

/** The chain begins with the head, and goes on with every record as it lies in the file: no key is needed to check it. */
export function chainHash(previous: Buffer, bytes: Buffer): Buffer {
  return createHash('sha256').update(previous).update(bytes).digest();
}

export const chainStart = Buffer.alloc(32);

function boundTo(session: string, head: Buffer): string {
  return `${session} ${head.subarray(4).toString('hex')}`;
}
