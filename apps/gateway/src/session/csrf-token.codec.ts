import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The token a page of ours sends back with every change. It is an HMAC over the session, so it needs no storage, dies
 * with the session, and cannot be made by whoever can only plant cookies.
 */
export function csrfToken(key: Buffer, sessionHash: Buffer): string {
  return createHmac('sha256', key).update(sessionHash).digest('base64url');
}

/** Compares in constant time; undefined and arrays (a header sent twice) are wrong. */
export function isCsrfToken(key: Buffer, sessionHash: Buffer, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const expected = Buffer.from(csrfToken(key, sessionHash));
  const actual = Buffer.from(given);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
