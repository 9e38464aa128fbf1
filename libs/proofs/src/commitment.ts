import { defineErrors, DomainException } from '@hetao/kernel';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { isSha256Hex, sha256Bytes, sha256Hex } from './hash.js';
import { sm3, sm3Hex } from './sm3.js';

/** Says what is committed to, so that a commitment is never read as a hash of something else. */
const DOMAIN = 'szdex-att-v1';
const SALT_BYTES = 32;
/** A salt of fewer different bytes was not drawn at random: 32 random bytes fall below with a chance under 10^-30. */
const MIN_DISTINCT_BYTES = 8;

export const commitmentErrors = defineErrors({
  SALT_INVALID: {
    kind: 'invalid',
    title: 'Not a salt',
    fix: 'Give 32 random bytes as 64 lower-case hexadecimal digits; newSalt() makes them.',
  },
  DIGEST_INVALID: {
    kind: 'invalid',
    title: 'Not a digest',
    fix: 'Give SHA-256 and SM3 of the file, each as 64 lower-case hexadecimal digits.',
  },
});

/** What a file's bytes hash to, under the standard of either side of the border. 64 hexadecimal digits each. */
export interface FileDigests {
  readonly sha256: string;
  readonly sm3: string;
}

/** What may be shown of a file without showing anything: useless to anybody who lacks the salt. */
export interface Commitment {
  /** SHA-256("szdex-att-v1" ‖ salt ‖ SHA-256(F) ‖ SM3(F)). */
  readonly commitment: string;
  /** SM3 over the same bytes. */
  readonly commitmentSm3: string;
}

/** 32 random bytes in hexadecimal. Whoever destroys the salt has erased the file's trace from the log. */
export function newSalt(): string {
  return bytesToHex(globalThis.crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
}

/** Both digests of bytes at hand; for files see `digestStream`. */
export function digestsOf(bytes: Uint8Array | string): FileDigests {
  return { sha256: sha256Hex(bytes), sm3: sm3Hex(bytes) };
}

/**
 * Commits to a file by its digests (reference 6.2). A bare digest of a name, an amount or a number can be found by
 * trying them all, so there is no way to commit without a salt.
 *
 * @throws DomainException SALT_INVALID, DIGEST_INVALID.
 */
export function commit(digests: FileDigests, salt: string): Commitment {
  for (const name of ['sha256', 'sm3'] as const) {
    if (!isSha256Hex(digests[name])) {
      throw new DomainException(
        commitmentErrors.DIGEST_INVALID(`${name} is not 64 hexadecimal digits.`, { pointer: `/${name}` }),
      );
    }
  }
  const message = concatBytes(
    utf8ToBytes(DOMAIN),
    saltBytes(salt),
    hexToBytes(digests.sha256),
    hexToBytes(digests.sm3),
  );
  return { commitment: bytesToHex(sha256Bytes(message)), commitmentSm3: bytesToHex(sm3(message)) };
}

function saltBytes(salt: string): Uint8Array {
  const bytes = isSha256Hex(salt) ? hexToBytes(salt) : new Uint8Array();
  if (new Set(bytes).size < MIN_DISTINCT_BYTES) {
    // What is wrong is said without quoting it: a salt is a secret.
    throw new DomainException(commitmentErrors.SALT_INVALID('The salt is not 32 random bytes.', { pointer: '/salt' }));
  }
  return bytes;
}
