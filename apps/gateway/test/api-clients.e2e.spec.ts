import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { newId } from '@hetao/kernel';
import { startGateway, type TestGateway } from './gateway.js';

let gateway: TestGateway;
let keys: { readonly privateKey: CryptoKey; readonly jwk: object };
let clientId: string;

const register = (body: object, idempotencyKey = newId('idk')) =>
  gateway.call('/v1/api-clients', {
    as: 'merchant',
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
    body: JSON.stringify({ name: 'nightly', scopes: ['catalog:read'], ...body }),
  });

beforeAll(async () => {
  gateway = await startGateway();
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  keys = { privateKey, jwk: { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' } };
  const registered = await register({ jwks: { keys: [keys.jwk] } });
  clientId = ((await registered.json()) as { id: string }).id;
});
afterAll(() => gateway.stop());

async function assertion(change: { alg?: string; key?: CryptoKey | Uint8Array; aud?: string; exp?: string } = {}) {
  const { alg = 'ES256', key = keys.privateKey, aud = `${gateway.url}/oidc`, exp = '60s' } = change;
  return new SignJWT({})
    .setProtectedHeader({ alg, kid: 'k1' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(aud)
    .setJti(newId('jti'))
    .setIssuedAt()
    .setExpirationTime(exp)
    .sign(key);
}

async function token(client_assertion: string, scope = 'catalog:read') {
  const response = await fetch(`${gateway.url}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      ...{ client_id: clientId, client_assertion, scope },
    }),
  });
  const body = (await response.json()) as { readonly access_token: string; readonly expires_in: number };
  return { status: response.status, ...body };
}

const call = (path: string, bearer: string, method = 'GET') =>
  gateway.call(path, { method, headers: { authorization: `Bearer ${bearer}` } });

describe('A client that proves itself with its own key', () => {
  it('is registered once, however often it is sent under one key', async () => {
    const wanted = { name: 'once', jwks: { keys: [keys.jwk] } };
    const key = newId('idk');
    const [first, again] = [await register(wanted, key), await register(wanted, key)];
    expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 201, 'true']);
    expect(await again.json()).toEqual(await first.json());
    const listed = await gateway.call('/v1/api-clients', { as: 'merchant' });
    const { data } = (await listed.json()) as { readonly data: readonly { readonly name: string }[] };
    expect(data.filter(({ name }) => name === 'once')).toHaveLength(1);
  });

  it('gets a short-lived token for its scopes, which the door takes, and services see the client', async () => {
    const got = await token(await assertion());
    expect(got).toMatchObject({ status: 200, expires_in: 600 });
    expect((await call('/v1/products', got.access_token)).status).toBe(200);
    expect((await call('/v1/agreements', got.access_token)).status).toBe(403);
    const refused = await token(await assertion(), 'settlement:write');
    expect(refused.status).toBe(400);
  });

  it('is believed each assertion once', async () => {
    const once = await assertion();
    expect((await token(once)).status).toBe(200);
    expect((await token(once)).status).toBe(401);
  });

  it.each<[string, () => Promise<string>]>([
    ['of another key', async () => assertion({ key: (await generateKeyPair('ES256')).privateKey })],
    ['for somebody else', () => assertion({ aud: 'https://elsewhere.example' })],
    ['that is over', () => assertion({ exp: '-1m' })],
    [
      'signed with the public key as a secret',
      () => assertion({ alg: 'HS256', key: new TextEncoder().encode(JSON.stringify(keys.jwk)) }),
    ],
  ])('is not believed an assertion %s', async (_what, make) => {
    expect((await token(await make())).status).toBe(401);
  });

  it.each<[string, (jwk: object) => object[]]>([
    ['no key', () => []],
    ['a key without a name', (jwk) => [{ ...jwk, kid: undefined }]],
    ['two keys of one name', (jwk) => [jwk, jwk]],
    ['a private key', (jwk) => [{ ...jwk, d: 'x' }]],
    ['an RSA key', () => [{ kty: 'RSA', n: 'x', e: 'AQAB', kid: 'r' }]],
  ])('is not registered with %s', async (_what, make) => {
    const refused = await register({ jwks: { keys: make(keys.jwk) } });
    expect(await refused.json()).toMatchObject({ code: 'API_CLIENT_KEYS_INVALID' });
  });

  it('ends with its tokens when it is revoked', async () => {
    const { access_token: last } = await token(await assertion());
    expect((await gateway.call(`/v1/api-clients/${clientId}`, { as: 'buyer', method: 'DELETE' })).status).toBe(404);
    expect((await gateway.call(`/v1/api-clients/${clientId}`, { as: 'merchant', method: 'DELETE' })).status).toBe(200);
    const refused = await call('/v1/products', last);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([401, 'ACCESS_TOKEN_REFUSED']);
    expect((await token(await assertion())).status).toBe(401);
  });
});
