import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import { admit, decideApiKey, maxKeysPerAccount, worthRecording, type ApiKey } from './api-key.js';

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
  createdAt: later(-1000),
  expiresAt: later(1),
  revokedAt: null,
  lastUsedAt: null,
};

describe('admit', () => {
  it('takes a live key with the scope', () => {
    expect(admit(key, 'usage:write', now).ok).toBe(true);
  });

  it.each([
    ['API_KEY_EXPIRED', { expiresAt: now }],
    ['API_KEY_REVOKED', { revokedAt: now }],
    ['API_KEY_REVOKED', { revokedAt: now, expiresAt: now }],
    ['API_KEY_SCOPE_MISSING', { scopes: ['usage:read'] as const }],
  ])('refuses with %s', (code, change) => {
    const result = admit({ ...key, ...change }, 'usage:write', now);
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
