import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { signCaller, verifyCaller } from '@hetao/runtime';
import { testCallerKeys } from '@hetao/testing';
import { demoKeys, startGateway, type TestGateway } from './gateway.js';
import { rawHttp } from './raw-http.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.upstream.seen.length = 0;
});

const bearer = `Authorization: Bearer ${demoKeys.merchant}\r\n`;

function raw(target: string, headers = bearer, rest = ''): Promise<{ status: number; head: string; body: string }> {
  const host = new URL(gateway.url).host;
  return rawHttp(gateway.url, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${headers}\r\n${rest}`);
}

describe('Who gets in', () => {
  it.each(['/v1/products', '/v1/nothing/here', '/v1', '/v1/me', '/v1/api-keys'])(
    'nobody without a name to %s: 401, a challenge, and how to mend it',
    async (path) => {
      const answer = await gateway.call(path);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="hetao-exchange"');
      const problem = await answer.json();
      expect(problem).toMatchObject({ status: 401, code: 'CALLER_UNKNOWN', instance: path });
      expect(problem.fix).toContain('/v1/api-keys');
      expect(problem.trace_id).toMatch(/^[0-9a-f]{32}$/);
    },
  );

  it('anybody to what the law says and what proves itself, in no name', async () => {
    const answer = await gateway.call('/v1/attestation-log/checkpoint');
    expect([answer.status, gateway.upstream.seen.length]).toEqual([200, 1]);
    expect(gateway.upstream.seen[0]?.headers).not.toHaveProperty('x-hetao-caller');
    expect(answer.headers.get('ratelimit')).toContain('address');
    const query = await gateway.call('/v1/customs/policy-queries', { method: 'POST', body: '{}' });
    expect(query.status).toBe(200);
  });

  it('the holder of a token that only its service can judge, which alone gets to see it', async () => {
    const headers = { authorization: 'Bearer hxi_of-metering' };
    const answer = await gateway.call('/v1/usage/ingest', { method: 'POST', headers, body: '{}' });
    expect([answer.status, gateway.upstream.seen[0]?.headers.authorization]).toEqual([200, 'Bearer hxi_of-metering']);
    expect(gateway.upstream.seen[0]?.headers).not.toHaveProperty('x-hetao-caller');
    expect((await gateway.call('/v1/usage/events', { method: 'POST', headers, body: '{}' })).status).toBe(401);
  });

  it('nobody with a wrong name, also where none is needed', async () => {
    const answer = await gateway.call('/v1/attestation-log/checkpoint', { headers: { authorization: 'Bearer no' } });
    expect([answer.status, gateway.upstream.seen]).toEqual([401, []]);
  });

  it.each([
    ['another scheme', 'Basic ZGVtbzpkZW1v', 'CALLER_UNKNOWN'],
    ['no key after Bearer', 'Bearer', 'CALLER_UNKNOWN'],
    ['text that is no key', 'Bearer hello', 'API_KEY_MALFORMED'],
    ['a key with one letter changed', `Bearer ${demoKeys.merchant.replace('Demo', 'demo')}`, 'API_KEY_MALFORMED'],
    ['a well-formed key nobody made', 'Bearer hx_test_0000000000000000000000000000004V5Vxl', 'API_KEY_UNKNOWN'],
    ['two keys', `Bearer ${demoKeys.merchant}, Bearer ${demoKeys.buyer}`, 'CALLER_UNKNOWN'],
  ])('nobody with %s', async (_what, authorization, code) => {
    const answer = await gateway.call('/v1/products', { headers: { authorization } });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="hetao-exchange"/);
    expect(gateway.upstream.seen).toEqual([]);
  });

  it('nobody with two Authorization headers, of which two readers might believe different ones', async () => {
    const answer = await raw('/v1/products', `${bearer}Authorization: Bearer ${demoKeys.operator}\r\n`);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('CREDENTIALS_AMBIGUOUS');
  });

  it('the holder of a key, whose name the service can verify', async () => {
    const answer = await gateway.call('/v1/products?q=%E4%B8%AD', { as: 'buyer' });
    expect(answer.status).toBe(200);
    const [seen] = gateway.upstream.seen;
    expect(seen?.url).toBe('/v1/products?q=%E4%B8%AD');
    const { publicKeys } = await testCallerKeys();
    const caller = await verifyCaller(String(seen?.headers['x-hetao-caller']), publicKeys);
    expect(caller).toMatchObject({ organisationId: 'par_hkhealth', personas: ['buyer'], via: 'api_key' });
    expect(caller.scopes).toEqual(expect.arrayContaining(['usage:write', 'metering:write']));
  });

  it('tells a known caller that an address does not exist', async () => {
    const answer = await gateway.call('/v1/nothing/here', { as: 'buyer' });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
  });
});

describe('A forged identity from outside', () => {
  const claims = { org: 'org_exchange', name: 'Root', personas: ['operator'], scopes: [], via: 'session' };
  const identity = {
    subject: 'acc_root',
    organisationId: 'org_exchange',
    personas: ['operator' as const],
    scopes: [],
    via: 'session' as const,
    displayName: 'Root',
  };

  async function withAlgorithm(): Promise<string> {
    // The public key as an HMAC secret: what "alg confusion" tries.
    const { publicKeys } = await testCallerKeys();
    const secret = new TextEncoder().encode(JSON.stringify(publicKeys.keys[0]).padEnd(64, ' '));
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('acc_root')
      .setIssuer('hetao-gateway')
      .setAudience('hetao-services')
      .setIssuedAt()
      .setExpirationTime('60s')
      .sign(secret);
  }

  async function genuine(): Promise<string> {
    const { privateKey } = await testCallerKeys();
    await importJWK(privateKey, 'EdDSA');
    return signCaller(identity, privateKey);
  }

  it.each<[string, () => Promise<string>]>([
    ['without signature', async () => new UnsecuredJWT(claims).setSubject('acc_root').encode()],
    ['signed with the public key as a secret', withAlgorithm],
    ['even when it is genuine', genuine],
  ])('does not count %s', async (_what, make) => {
    const token = await make();
    const alone = await gateway.call('/v1/me', { headers: { 'x-hetao-caller': token } });
    expect(alone.status).toBe(401);
    const beside = await gateway.call('/v1/products', { as: 'merchant', headers: { 'x-hetao-caller': token } });
    expect(beside.status).toBe(200);
    const { publicKeys } = await testCallerKeys();
    const caller = await verifyCaller(String(gateway.upstream.seen[0]?.headers['x-hetao-caller']), publicKeys);
    expect(caller.organisationId).toBe('par_lingnan');
  });
});

describe('What a service sees and says', () => {
  it('neither credentials nor forged or hop-by-hop headers, but trace, request id and idempotency key', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const answer = await raw(
      '/v1/products',
      `${bearer}Cookie: hetao-session=x\r\nX-Hetao-Anything: forged\r\nX-Forwarded-For: 10.0.0.1\r\n` +
        `X-Forwarded-User: root\r\nX-Original-Url: /admin\r\nX-Secret: hop\r\nTraceparent: ${traceparent}\r\n` +
        'X-Request-Id: my-request-1\r\nIdempotency-Key: k1\r\nTE: trailers\r\n',
    );
    expect(answer.status).toBe(200);
    const headers = gateway.upstream.seen[0]?.headers ?? {};
    for (const name of ['authorization', 'cookie', 'x-hetao-anything', 'x-forwarded-user', 'x-original-url', 'te']) {
      expect(headers).not.toHaveProperty([name]);
    }
    expect(headers).toMatchObject({
      traceparent,
      'x-request-id': 'my-request-1',
      'idempotency-key': 'k1',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': new URL(gateway.url).host,
      'x-forwarded-proto': 'http',
    });
  });

  it('its answer comes through without its make, its cookies and its internal headers', async () => {
    const answer = await gateway.call('/v1/products', { as: 'merchant' });
    expect(answer.headers.get('etag')).toBe('"v3"');
    expect(answer.headers.get('server')).toBeNull();
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('x-hetao-internal')).toBeNull();
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('bodies pass as they are, of any media type', async () => {
    const body = '<Document>嶺南</Document>';
    const answer = await gateway.call('/v1/bank-statements', {
      as: 'operator',
      method: 'POST',
      headers: { 'content-type': 'application/xml' },
      body,
    });
    expect(answer.status).toBe(200);
    expect(gateway.upstream.seen[0]).toMatchObject({ method: 'POST', body });
    expect(gateway.upstream.seen[0]?.headers['content-type']).toBe('application/xml');
  });
});

describe('Tricks with paths, headers and bodies', () => {
  it.each([
    '/v1/../metrics',
    '/v1/products/../../metrics',
    '/v1/%2e%2e/metrics',
    '/v1/products%2f..%2fledger',
    '/v1/products/..;/ledger',
    '/v1//products',
    '//v1/products',
    '/v1/products\\..\\ledger',
    '/v1/products%00',
    '/v1/products/%zz',
    'http://127.0.0.1:1/v1/products',
  ])('refuses %s and asks no service', async (target) => {
    const answer = await raw(target);
    expect(answer.status).toBe(400);
    expect(answer.head.toLowerCase()).toContain('application/problem+json');
    expect(answer.body).toMatch(/REQUEST_TARGET_INVALID|REQUEST_MALFORMED/);
    expect(gateway.upstream.seen).toEqual([]);
  });

  it.each([
    ['two Content-Lengths', 'Content-Length: 2\r\nContent-Length: 3\r\n', '{}'],
    ['Content-Length and Transfer-Encoding', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'],
    ['a header with a line break in it', 'X-A: b\r\n c\r\n\r\nGET /v1/ledger HTTP/1.1\r\n', ''],
    ['a space before the colon', 'X-A : b\r\n', ''],
    ['a coding nobody knows', 'Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'],
    ['two codings, the last of which frames nothing', 'Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\n'],
    ['a framing said twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n', '0\r\n\r\n'],
    ['a length with a sign', 'Content-Length: +2\r\n', '{}'],
    ['a chunk of no length', 'Transfer-Encoding: chunked\r\n', 'zz\r\nGET /v1/ledger HTTP/1.1\r\n\r\n'],
  ])('refuses %s', async (_what, headers, body) => {
    const host = new URL(gateway.url).host;
    const text = `POST /v1/products HTTP/1.1\r\nHost: ${host}\r\n${bearer}${headers}\r\n${body}`;
    const answer = await rawHttp(gateway.url, text);
    expect(answer.status).toBe(400);
    expect(gateway.upstream.seen.filter(({ url }) => url.includes('ledger'))).toEqual([]);
  });

  it('refuses a body on a GET, which the next reader might take for a second request', async () => {
    const answer = await raw(
      '/v1/products',
      `${bearer}Content-Length: 34\r\n`,
      'GET /v1/ledger HTTP/1.1\r\nHost: x\r\n\r\n',
    );
    expect(answer.status).toBe(400);
    expect(gateway.upstream.seen).toEqual([]);
  });

  it('refuses headers beyond 16 KiB', async () => {
    const answer = await raw('/v1/products', `${bearer}X-Big: ${'a'.repeat(17_000)}\r\n`);
    expect(answer.status).toBe(431);
    expect(answer.body).toContain('REQUEST_MALFORMED');
  });

  it('refuses methods that no service offers', async () => {
    const answer = await gateway.call('/v1/products', { as: 'merchant', method: 'OPTIONS' });
    expect(answer.status).toBe(404);
  });

  it('refuses a body that says it is too large before reading it', async () => {
    const answer = await rawHttp(
      gateway.url,
      `POST /v1/products HTTP/1.1\r\nHost: x\r\n${bearer}Content-Type: application/json\r\nContent-Length: 300000\r\n\r\n{`,
    );
    expect(answer.status).toBe(413);
    expect(answer.body).toContain('REQUEST_BODY_TOO_LARGE');
    expect(gateway.upstream.seen).toEqual([]);
  });

  it('refuses a body that turns out too large on the way', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(64 * 1024));
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (sent++ < 8) controller.enqueue(chunk);
        else controller.close();
      },
    });
    const answer = await gateway.call('/v1/products', {
      as: 'merchant',
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body,
      ...{ duplex: 'half' },
    });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'REQUEST_BODY_TOO_LARGE', meta: { limit_bytes: 262_144 } });
  });

  it('takes what a batch of usage may weigh', async () => {
    const body = JSON.stringify([{ pad: 'x'.repeat(2_000_000) }]);
    const answer = await gateway.call('/v1/usage/events', {
      as: 'merchant',
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body,
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ length: body.length });
  });
});
