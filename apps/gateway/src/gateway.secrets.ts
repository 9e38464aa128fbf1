import { hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

/** Every key that is made from SESSION_SECRET, each for one use: a leak or misuse of one tells nothing about another. */
export type SecretUse =
  | 'csrf-token'
  | 'sign-in-cookie'
  | 'signing-keys'
  | 'provider-cookies'
  | 'provider-client'
  | 'upstream-secrets'
  | 'webhook-secrets'
  | 'delivery-context'
  | 'second-factors'
  | 'sign-in-ticket';

/** The 32-byte key for one use, by HKDF-SHA-256 (RFC 5869). */
export function keyFor(use: SecretUse, sessionSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', sessionSecret, 'hetao-gateway', use, 32));
}

/** Seals a text for the database: JWE, direct encryption with A256GCM (RFC 7516), so a changed row is noticed. */
export function sealText(use: SecretUse, sessionSecret: string, text: string): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(keyFor(use, sessionSecret));
}

/** Opens what {@link sealText} sealed; rejects when the secret is another one or the text was changed. */
export async function openText(use: SecretUse, sessionSecret: string, sealed: string): Promise<string> {
  const { plaintext } = await compactDecrypt(sealed, keyFor(use, sessionSecret), {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  return new TextDecoder().decode(plaintext);
}
