import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const MIN_SALT_BYTES = 16;

/**
 * Stands for a person in a count without naming him: HMAC-SHA-256 under a salt that only the exporter holds. The same
 * person gives the same commitment over all channels of one exporter and year, and another under any other salt.
 *
 * @param salt at least 16 random bytes, one for each exporter and calendar year.
 * @param person whatever the exporter knows the person by, the same on every channel.
 * @returns 64 lower-case hexadecimal digits.
 * @throws RangeError when the salt is too short to hide a small space of identifiers.
 */
export function personCommitment(salt: Uint8Array, person: string): string {
  if (salt.length < MIN_SALT_BYTES) throw new RangeError(`The salt must have ${MIN_SALT_BYTES} bytes or more.`);
  return bytesToHex(hmac(sha256, salt, utf8ToBytes(`hetao:person:${person.normalize('NFC')}`)));
}
