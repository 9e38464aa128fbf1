import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { callerToken, testCallerKeys } from './caller-token.js';

describe('callerToken', () => {
  it('is what the gateway would send: EdDSA, its issuer and audience, sixty seconds', async () => {
    const { publicKeys } = await testCallerKeys();
    const token = await callerToken({ personas: ['merchant'], organisationId: 'org_1', subject: 'usr_1' });
    const { payload } = await jwtVerify(token, createLocalJWKSet(publicKeys), {
      issuer: 'hetao-gateway',
      audience: 'hetao-services',
    });
    expect(payload).toMatchObject({ sub: 'usr_1', org: 'org_1', personas: ['merchant'], scopes: [], via: 'session' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'EdDSA', kid: publicKeys.keys[0]?.kid });
  });

  it('uses one pair of keys in a test process and never shows the private half', async () => {
    expect(await testCallerKeys()).toBe(await testCallerKeys());
    expect((await testCallerKeys()).publicKeys.keys[0]).not.toHaveProperty('d');
  });
});
