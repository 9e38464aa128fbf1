import { canonicalJson } from '@hetao/kernel';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256 (FIPS 180-4) of bytes, or of a text's UTF-8, as 64 lower-case hexadecimal digits. */
export function sha256Hex(input: Uint8Array | string): string {
  return bytesToHex(sha256Bytes(input));
}

/** SHA-256 of bytes, or of a text's UTF-8, as 32 bytes. */
export function sha256Bytes(input: Uint8Array | string): Uint8Array {
  return sha256(typeof input === 'string' ? utf8ToBytes(input) : input);
}

/**
 * The hash that names a document: SHA-256 of its canonical JSON (RFC 8785). Both sides of an agreement sign this, and
 * anybody who holds the document can compute it again.
 *
 * @throws DomainException JSON_NOT_CANONICAL.
 */
export function documentHash(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}

/**
 * The same hash as 32 bytes, for a column beside a row: tells a repeated message (equal meaning, however its JSON was
 * written) from a conflicting one.
 *
 * @throws DomainException JSON_NOT_CANONICAL.
 */
export function payloadHash(value: unknown): Uint8Array {
  return sha256Bytes(canonicalJson(value));
}

const SHA256_HEX = /^[0-9a-f]{64}$/;

/** True for 64 lower-case hexadecimal digits. */
export function isSha256Hex(value: unknown): value is string {
  return typeof value === 'string' && SHA256_HEX.test(value);
}
