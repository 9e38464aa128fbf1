import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoKeys, startGateway, type TestGateway } from './gateway.js';
import { trickle } from './raw-http.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ env: { PUBLIC_URL: 'https://exchange.example', TRUSTED_PROXIES: '1' } });
});
afterAll(() => gateway.stop());

/** A request as our own proxy passes it on. */
function send(body: string | Buffer, headers: Readonly<Record<string, string>> = {}) {
  return gateway.call('/v1/api-keys', {
    as: 'merchant',
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-proto': 'https', ...headers },
    body: new Uint8Array(Buffer.from(body)),
  });
}

async function refusal(answer: Response): Promise<readonly [number, string]> {
  return [answer.status, ((await answer.json()) as { readonly code: string }).code];
}

const BEARER = `Authorization: Bearer ${demoKeys.merchant}\r\nX-Forwarded-Proto: https\r\nContent-Type: application/json\r\n`;
const wanted = { name: 'k', scopes: ['catalog:read'] };

describe('A body made to hurt', () => {
  it.each<[string, string | Buffer, Record<string, string>, readonly [number, string]]>([
    ['nested a hundred thousand deep', '['.repeat(100_000) + ']'.repeat(100_000), {}, [422, 'VALIDATION_FAILED']],
    ['of another media type', '<a/>', { 'content-type': 'application/xml' }, [415, 'MEDIA_TYPE_UNSUPPORTED']],
    ['of no media type', '{}', { 'content-type': 'nonsense' }, [415, 'MEDIA_TYPE_UNSUPPORTED']],
    [
      'that a thousandfold hides in',
      gzipSync(Buffer.alloc(8_000_000, ' ')),
      { 'content-encoding': 'gzip' },
      [400, 'JSON_MALFORMED'],
    ],
    ['with more than was asked', JSON.stringify({ ...wanted, organisation_id: 'x' }), {}, [422, 'VALIDATION_FAILED']],
    ['that reaches for the prototype', '{"__proto__":{"admin":true},"name":"k"}', {}, [400, 'JSON_MALFORMED']],
    ['that ends too early', '{"name":', {}, [400, 'JSON_MALFORMED']],
  ])('%s is refused', async (_what, body, headers, expected) => {
    const startedAt = performance.now();
    expect(await refusal(await send(body, headers))).toEqual(expected);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe('Who sends a request as slowly as he can', () => {
  const PATIENCE_MS = 400;
  type Limits = { headersTimeout: number; requestTimeout: number };
  const server = () => gateway.service.app.getHttpServer() as Limits;
  const usual: Limits = { headersTimeout: 0, requestTimeout: 0 };
  beforeAll(() => {
    const { headersTimeout, requestTimeout } = server();
    Object.assign(usual, { headersTimeout, requestTimeout });
  });
  afterAll(() => void Object.assign(server(), usual));

  it('has half a minute for the whole of it', () => {
    expect(usual.headersTimeout).toBeLessThanOrEqual(30_000);
    expect(usual.requestTimeout).toBeLessThanOrEqual(30_000);
    expect(usual.requestTimeout).toBeGreaterThan(0);
  });

  it.each([
    ['headers', 'GET /v1/products HTTP/1.1\r\nHost: x\r\n', 'X-A: b\r\n'],
    ['a body', `POST /v1/api-keys HTTP/1.1\r\nHost: x\r\n${BEARER}Content-Length: 5000\r\n\r\n{`, ' '],
    ['chunks', `POST /v1/api-keys HTTP/1.1\r\nHost: x\r\n${BEARER}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
  ])('is not waited for, whether %s trickle', async (_what, begin, drop) => {
    Object.assign(server(), { headersTimeout: PATIENCE_MS, requestTimeout: PATIENCE_MS });
    const { answer, tookMs } = await trickle(gateway.url, begin, drop);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(tookMs).toBeLessThan(4_000);
  });
});

describe('A key that travelled in the clear', () => {
  const over = (scheme: string) =>
    gateway.call('/v1/products', {
      headers: { authorization: `Bearer ${demoKeys.buyer}`, 'x-forwarded-proto': scheme },
    });

  it('is refused, and is no key from then on', async () => {
    expect((await over('https')).status).toBe(200);
    expect(await refusal(await over('http'))).toEqual([403, 'API_KEY_IN_CLEAR']);
    expect(await refusal(await over('https'))).toEqual([401, 'API_KEY_REVOKED']);
    const entries = await gateway.call('/v1/audit-entries?action=api_key.exposed', { as: 'auditor' });
    expect(((await entries.json()) as { data: unknown[] }).data).toHaveLength(1);
  });
});
