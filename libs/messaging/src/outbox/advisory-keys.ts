import { createHash } from 'node:crypto';

/** Advisory locks are one space of 64-bit numbers per database: every use hashes its name and its parts into it. */
export function advisoryKey(...parts: readonly string[]): bigint {
  return digest(parts).readBigInt64BE(0);
}

/** A number from 0 to 32767 that is the same for the same topic and key: what lanes are chosen by. */
export function laneOf(topic: string, key: string): number {
  return digest(['lane', topic, key]).readUInt16BE(0) & 0x7fff;
}

function digest(parts: readonly string[]): Buffer {
  // JSON keeps ['ab','c'] and ['a','bc'] apart.
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}
