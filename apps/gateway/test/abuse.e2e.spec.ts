import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoKeys, startGateway, type TestGateway } from './gateway.js';

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
  it('is not waited for', () => {
    const server = gateway.service.app.getHttpServer() as { headersTimeout: number; requestTimeout: number };
    expect(server.headersTimeout).toBeLessThanOrEqual(60_000);
    expect(server.requestTimeout).toBeLessThanOrEqual(30_000);
    expect(server.requestTimeout).toBeGreaterThan(0);
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
