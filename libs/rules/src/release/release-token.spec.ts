import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  checkReleaseUse,
  signReleaseToken,
  verifyReleaseToken,
  type ReleaseClaims,
  type ReleasePrivateKey,
} from './release-token.js';
import { toBase64url, utf8 } from './base64url.js';

const claims: ReleaseClaims = {
  iss: 'hetao-customs',
  jti: 'rel_1',
  iat: 1_700_000_000,
  nbf: 1_700_000_000,
  exp: 1_800_000_000,
  declaration_id: 'dcl_1',
  exporter_id: 'org_1',
  rule_set: { id: 'szdex-cross-border', version: '2026.11.0' },
  facts_sha256: 'a'.repeat(64),
  pathway: 'SC_OR_CERT',
  rule_id: 'M-8-2',
  official_ref: '粤网信备 2026-0001',
  scope: {
    purpose: 'academic',
    fields: ['age_band', 'pattern'],
    recipient_id: 'org_2',
    destination: 'HK',
    onward: false,
  },
  quota: { general_remaining: null, sensitive_remaining: 8_000 },
  log_receipt: null,
};
const during = new Date(1_750_000_000_000);
let key: ReleasePrivateKey;
let other: ReleasePrivateKey;
let token: string;

async function newKey(kid: string): Promise<ReleasePrivateKey> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const { x = '', d = '' } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return { kty: 'OKP', crv: 'Ed25519', x, d, kid };
}
beforeAll(async () => {
  [key, other] = [await newKey('a'), await newKey('a')];
  token = await signReleaseToken(claims, key);
});
const verdict = async (text: string, keys = [key], now = during) => {
  const result = await verifyReleaseToken(text, keys, now);
  return result.ok ? 'ok' : result.error.code;
};
const part = (value: unknown): string => toBase64url(utf8(JSON.stringify(value)));

describe('a release token', () => {
  it('gives back what was signed', async () => {
    expect(await verifyReleaseToken(token, [other, { ...other, kid: 'b' }, key].slice(2), during)).toEqual({
      ok: true,
      value: claims,
    });
  });
  it('is refused when forged: another key, another body, another name, no algorithm', async () => {
    const [head = '', , signature = ''] = token.split('.');
    expect(await verdict(token, [other])).toBe('RELEASE_TOKEN_FORGED');
    expect(await verdict(token, [])).toBe('RELEASE_TOKEN_FORGED');
    const richer = part({ ...claims, quota: { general_remaining: null, sensitive_remaining: 80_000 } });
    expect(await verdict(`${head}.${richer}.${signature}`)).toBe('RELEASE_TOKEN_FORGED');
    for (const alg of ['none', 'HS256']) {
      const forged = `${part({ alg, typ: 'hetao-release+jwt', kid: 'a' })}.${part(claims)}.${signature}`;
      expect(await verdict(forged)).toBe('RELEASE_TOKEN_MALFORMED');
    }
  });
  it('is refused when swapped with another token’s signature, truncated, padded or empty', async () => {
    const second = await signReleaseToken({ ...claims, jti: 'rel_2' }, key);
    const swapped = [...token.split('.').slice(0, 2), second.split('.')[2]].join('.');
    expect(await verdict(swapped)).toBe('RELEASE_TOKEN_FORGED');
    const codes = await Promise.all(
      ['', 'a.b.c', token.slice(0, -3), `${token}=`, `${token}.x`, `${token} `, 'x'.repeat(70_000)].map((text) =>
        verdict(text),
      ),
    );
    for (const code of codes) expect(['RELEASE_TOKEN_MALFORMED', 'RELEASE_TOKEN_FORGED']).toContain(code);
  });
  it('holds from its first second to before its last', async () => {
    expect(await verdict(token, [key], new Date(claims.nbf * 1000))).toBe('ok');
    expect(await verdict(token, [key], new Date(claims.nbf * 1000 - 1))).toBe('RELEASE_TOKEN_NOT_IN_FORCE');
    expect(await verdict(token, [key], new Date(claims.exp * 1000 - 1))).toBe('ok');
    expect(await verdict(token, [key], new Date(claims.exp * 1000))).toBe('RELEASE_TOKEN_NOT_IN_FORCE');
  });
  it('binds purpose, fields, recipient and destination', () => {
    const use = { purpose: 'academic', fields: ['pattern'], recipientId: 'org_2', destination: 'HK' };
    expect(checkReleaseUse(claims, use).ok).toBe(true);
    for (const change of [
      { purpose: 'marketing' },
      { fields: ['name'] },
      { recipientId: 'org_3' },
      { destination: 'SG' },
    ]) {
      expect(checkReleaseUse(claims, { ...use, ...change })).toMatchObject({ error: { code: 'RELEASE_OUT_OF_SCOPE' } });
    }
  });
});
