import { createHash, hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

/** What is sealed: each use has a key of its own. */
export type SealedUse = 'peer-header' | 'data-address';

/** Seals a text for the database: JWE, direct encryption with A256GCM (RFC 7516), so a changed row is noticed. */
export function sealText(use: SealedUse, secret: string, text: string): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(keyFor(use, secret));
}

/** Opens what {@link sealText} sealed; rejects when the secret is another one or the text was changed. */
export async function openText(use: SealedUse, secret: string, sealed: string): Promise<string> {
  const { plaintext } = await compactDecrypt(sealed, keyFor(use, secret), {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  return new TextDecoder().decode(plaintext);
}

/** Lower-case hexadecimal SHA-256: what is kept of a token that only its holder needs to know. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** HKDF-SHA-256 (RFC 5869). */
function keyFor(use: SealedUse, secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'hetao-dataspace', use, 32));
}
