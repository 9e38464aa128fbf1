import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { keyFor } from '../gateway.secrets.js';
import { csrfToken, isCsrfToken } from './csrf-token.codec.js';

const key = keyFor('csrf-token', 'a secret of at least thirty-two characters');
const session = createHash('sha256').update('session').digest();
const other = createHash('sha256').update('other').digest();

describe('the CSRF token', () => {
  it('belongs to one session and one secret', () => {
    const token = csrfToken(key, session);
    expect(isCsrfToken(key, session, token)).toBe(true);
    expect(isCsrfToken(key, other, token)).toBe(false);
    expect(isCsrfToken(keyFor('csrf-token', 'another secret of thirty-two characters'), session, token)).toBe(false);
    expect(isCsrfToken(keyFor('sign-in-cookie', 'a secret of at least thirty-two characters'), session, token)).toBe(
      false,
    );
  });

  it.each([undefined, '', 'x', ['a', 'b'], 1])('is not %s', (given) => {
    expect(isCsrfToken(key, session, given)).toBe(false);
  });
});
