import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { DeliveryRejected, verifyDelivery, type DeliveryKey } from './index.js';

const now = new Date('2026-11-23T08:00:00Z');
const issuedAt = now.getTime() / 1_000;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' } as DeliveryKey];
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = {
  ...{ aud: 'prd_1', sub: 'org_buyer', jti: 'dlv_1', agreement: 'agr_1', purpose: 'research' },
  ...{ method: 'GET', path: '/tides?day=1', iat: issuedAt, exp: issuedAt + 60 },
};
const call = { productId: 'prd_1', method: 'GET', path: '/tides?day=1', now };

function context(change: object = {}, head: object = {}): string {
  const text = `${encoded({ alg: 'EdDSA', typ: 'hetao-delivery+jwt', kid: 'k1', ...head })}.${encoded({ ...claims, ...change })}`;
  return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`;
}

describe('the context of a delivered call', () => {
  it('is believed when the exchange signed it for this call', async () => {
    expect(await verifyDelivery(context(), keys, call)).toEqual({
      ...{ callId: 'dlv_1', agreementId: 'agr_1', productId: 'prd_1', buyerId: 'org_buyer', purpose: 'research' },
    });
  });

  const [head = '', , signature = ''] = context().split('.');
  it.each<[string, string | undefined]>([
    ['is not there', undefined],
    ['is nonsense', 'a.b.c'],
    ['has no signature', context({}, { alg: 'none' })],
    ['is signed with a shared secret', context({}, { alg: 'HS256' })],
    ['is another kind of token', context({}, { typ: 'jwt' })],
    ['names a key nobody has', context({}, { kid: 'k2' })],
    ['was changed', `${head}.${encoded({ ...claims, sub: 'org_other' })}.${signature}`],
    ['is of another product', context({ aud: 'prd_2' })],
    ['is of another method', context({ method: 'POST' })],
    ['is of another path', context({ path: '/tides?day=2' })],
    ['is over', context({ exp: issuedAt - 31 })],
    ['is of tomorrow', context({ iat: issuedAt + 86_400 })],
    ['has no time', context({ iat: undefined })],
  ])('is not when it %s', async (_what, text) => {
    await expect(verifyDelivery(text, keys, call)).rejects.toThrow(DeliveryRejected);
  });
});
