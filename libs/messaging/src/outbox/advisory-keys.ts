import { createHash } from 'node:crypto';

/** Advisory locks are one space of 64-bit numbers per database: every use hashes its name and its parts into it. */
export function advisoryKey(...parts: readonly string[]): bigint {
  return digest(parts).readBigInt64BE(0);
}

/** Lanes of the embedded transport: events of one key share one. They are stored, so the number never changes. */
export const LANES = 16;

/** The lane of a key, from 0. */
export function laneOf(topic: string, key: string): number {
  return digest(['lane', topic, key]).readUInt16BE(0) % LANES;
}

function digest(parts: readonly string[]): Buffer {
  // JSON keeps ['ab','c'] and ['a','bc'] apart.
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}
