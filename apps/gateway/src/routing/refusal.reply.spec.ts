import { describe, expect, it } from '@jest/globals';
import { apiKeyErrors } from '../api-key/api-key.errors.js';
import { sessionErrors } from '../session/session.errors.js';
import { challengeFor } from './refusal.reply.js';

describe('challengeFor', () => {
  it('asks for credentials where there were none, and says what is wrong with those there were', () => {
    expect(challengeFor(sessionErrors.CALLER_UNKNOWN('None.'), 401)).toBe('Bearer realm="hetao-exchange"');
    expect(challengeFor(apiKeyErrors.API_KEY_EXPIRED('Over "now" – 終'), 401)).toBe(
      'Bearer realm="hetao-exchange", error="invalid_token", error_description="Over now  "',
    );
  });

  it('names the scope that is missing, and is silent about everything else', () => {
    const missing = apiKeyErrors.API_KEY_SCOPE_MISSING('No.', { meta: { scope: 'usage:write' } });
    expect(challengeFor(missing, 403)).toBe(
      'Bearer realm="hetao-exchange", error="insufficient_scope", scope="usage:write"',
    );
    expect(challengeFor(sessionErrors.ACCOUNT_CLOSED('Suspended.'), 403)).toBeUndefined();
    expect(challengeFor(apiKeyErrors.API_KEY_NOT_FOUND('None.'), 404)).toBeUndefined();
  });
});
