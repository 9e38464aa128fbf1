import { sha256 } from '@noble/hashes/sha2.js';

/** Crockford's alphabet without I, L, O, U: read aloud without mistakes, and in ASCII order, so ids sort as text. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const PREFIX = /^[a-z]{2,8}$/;
const BODY = /^[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$/;
const COUNTER_MAX = 0xfff;

/** Where a UUID source takes its time (ms since 1970) and its randomness from. */
export interface UuidInputs {
  nowMs(): number;
  random(bytes: Uint8Array<ArrayBuffer>): void;
}

/**
 * A source of UUIDv7 (RFC 9562 5.7) that never goes back: a 12-bit counter in rand_a orders ids of one millisecond
 * (method 1 of 6.2), seeded with 11 random bits so that there is room to count. When the clock steps back or the
 * counter is full, the last millisecond is counted on.
 */
export function uuidSource(inputs: UuidInputs): () => Uint8Array {
  let lastMs = -1;
  let counter = 0;
  return () => {
    const bytes = new Uint8Array(16);
    inputs.random(bytes);
    const nowMs = inputs.nowMs();
    if (nowMs > lastMs) {
      lastMs = nowMs;
      counter = ((byteAt(bytes, 6) << 8) | byteAt(bytes, 7)) & 0x7ff;
    } else if (counter === COUNTER_MAX) {
      lastMs += 1;
      counter = 0;
    } else {
      counter += 1;
    }
    const view = new DataView(bytes.buffer);
    view.setUint32(0, Math.floor(lastMs / 0x10000));
    view.setUint16(4, lastMs % 0x10000);
    view.setUint16(6, 0x7000 | counter);
    view.setUint8(8, 0x80 | (byteAt(bytes, 8) & 0x3f));
    return bytes;
  };
}

const nextUuid = uuidSource({
  nowMs: () => Date.now(),
  random: (bytes) => {
    globalThis.crypto.getRandomValues(bytes);
  },
});

/** A new UUIDv7 in its usual form, 36 characters. Later ones sort after earlier ones of this process. */
export function newUuid(): string {
  return formatUuid(nextUuid());
}

/** A new typed id: `prd_` and a UUIDv7 as 26 characters of Crockford base32 in lower case; sorts by creation. */
export function newId(prefix: string): string {
  return typedId(prefix, nextUuid());
}

/**
 * The same typed id for the same parts, for ever: creating a thing twice from the same cause finds it existing.
 * 16 bytes of SHA-256 over the parts, marked as UUIDv8 (RFC 9562 5.8).
 */
export function deterministicId(prefix: string, ...parts: readonly string[]): string {
  // JSON keeps ['ab','c'] and ['a','bc'] apart; the prefix keeps kinds apart.
  const text = JSON.stringify([prefix, ...parts]);
  const bytes = sha256(new TextEncoder().encode(text)).slice(0, 16);
  bytes[6] = 0x80 | (byteAt(bytes, 6) & 0x0f);
  bytes[8] = 0x80 | (byteAt(bytes, 8) & 0x3f);
  return typedId(prefix, bytes);
}

/** True when the value is an id of this kind, by its form; whether the thing exists is another question. */
export function isId(prefix: string, value: unknown): value is string {
  return typeof value === 'string' && value.startsWith(`${prefix}_`) && BODY.test(value.slice(prefix.length + 1));
}

function typedId(prefix: string, bytes: Uint8Array): string {
  if (!PREFIX.test(prefix)) {
    throw new RangeError(`Id prefix "${prefix}" must be 2 to 8 lower-case letters.`);
  }
  return `${prefix}_${encode(bytes)}`;
}

function encode(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  let rest = (view.getBigUint64(0) << 64n) | view.getBigUint64(8);
  let text = '';
  for (let position = 0; position < 26; position += 1) {
    text = ALPHABET.charAt(Number(rest & 31n)) + text;
    rest >>= 5n;
  }
  return text;
}

function formatUuid(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
