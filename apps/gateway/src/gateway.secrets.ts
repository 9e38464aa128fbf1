import { hkdfSync } from 'node:crypto';

/** Every key that is made from SESSION_SECRET, each for one use: a leak or misuse of one tells nothing about another. */
export type SecretUse = 'csrf-token' | 'sign-in-cookie' | 'signing-keys' | 'provider-cookies' | 'provider-client';

/** The 32-byte key for one use, by HKDF-SHA-256 (RFC 5869). */
export function keyFor(use: SecretUse, sessionSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', sessionSecret, 'hetao-gateway', use, 32));
}
