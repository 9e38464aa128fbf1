import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import { admit, decideApiKey, maxKeysPerAccount, successorOf, worthRecording, type ApiKey } from './api-key.js';

const now = new Date('2026-11-22T12:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const key: ApiKey = {
  id: 'key_1',
  accountId: 'acc_1',
  organisationId: 'par_1',
  name: 'Nightly upload',
  prefix: 'hx_live_',
  lastFour: 'Ab3x',
  scopes: ['usage:write'],
  addresses: [],
  rolledInto: null,
  createdAt: later(-1000),
  expiresAt: later(1),
  revokedAt: null,
  lastUsedAt: null,
};

const use = { scope: 'usage:write', now, isFromItsPlace: true } as const;

describe('admit', () => {
  it('takes a live key with the scope', () => {
    expect(admit(key, use).ok).toBe(true);
  });

  it('refuses a key from elsewhere', () => {
    const result = admit(key, { ...use, isFromItsPlace: false });
    expect(result.ok ? undefined : result.error.code).toBe('API_KEY_ADDRESS_NOT_ALLOWED');
  });

  it.each([
    ['API_KEY_EXPIRED', { expiresAt: now }],
    ['API_KEY_REVOKED', { revokedAt: now }],
    ['API_KEY_REVOKED', { revokedAt: now, expiresAt: now }],
    ['API_KEY_SCOPE_MISSING', { scopes: ['usage:read'] as const }],
  ])('refuses with %s', (code, change) => {
    const result = admit({ ...key, ...change }, use);
    expect(result.ok ? undefined : result.error.code).toBe(code);
  });
});

describe('successorOf', () => {
  it('lives as long as the key it follows was to live, for the same things', () => {
    expect(unwrap(successorOf(key, now))).toMatchObject({ name: key.name, scopes: key.scopes, lifeMs: 1001 });
  });

  it.each([
    ['API_KEY_NOT_FOUND', { revokedAt: now }],
    ['API_KEY_NOT_FOUND', { expiresAt: now }],
    ['API_KEY_ROLLED_ALREADY', { rolledInto: 'key_2' }],
  ])('refuses with %s', (code, change) => {
    const result = successorOf({ ...key, ...change }, now);
    expect(result.ok ? undefined : result.error.code).toBe(code);
  });
});

describe('worthRecording', () => {
  it('writes the first use and then once a minute', () => {
    expect(worthRecording(key, now)).toBe(true);
    expect(worthRecording({ ...key, lastUsedAt: later(-59_999) }, now)).toBe(false);
    expect(worthRecording({ ...key, lastUsedAt: later(-60_000) }, now)).toBe(true);
  });
});

describe('decideApiKey', () => {
  const request = { scopes: ['usage:write'] as const, expiresAt: null, callerScopes: null, existingKeys: 0 };

  it('gives 90 days when nothing is asked, and drops repeated scopes', () => {
    const made = unwrap(decideApiKey({ ...request, scopes: ['usage:write', 'usage:write'] }, now));
    expect(made).toEqual({ scopes: ['usage:write'], expiresInMs: 90 * 86_400_000 });
  });

  it.each([
    ['API_KEY_LIMIT_REACHED', { existingKeys: maxKeysPerAccount }],
    ['API_KEY_SCOPE_NOT_YOURS', { callerScopes: ['usage:read'] }],
    ['API_KEY_EXPIRY_INVALID', { expiresAt: now }],
    ['API_KEY_EXPIRY_INVALID', { expiresAt: later(367 * 86_400_000) }],
  ])('refuses with %s', (code, change) => {
    const result = decideApiKey({ ...request, ...change }, now);
    expect(result.ok ? undefined : result.error.code).toBe(code);
  });
});
