import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  EntitlementGrantedV1,
  EntitlementResumedV1,
  EntitlementRevokedV1,
  EntitlementSuspendedV1,
  ProductListedV1,
  QuotaExhaustedV1,
  ReleaseIssuedV1,
  ReleaseRevokedV1,
} from '@hetao/events';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { newId } from '@hetao/kernel';
import { eventually } from '@hetao/testing';
import { startGateway, type TestGateway } from './gateway.js';
import { startUpstream, type Upstream } from './upstream.js';

let gateway: TestGateway;
let herbs: Upstream;
let metering: Upstream;
const merchantId = 'par_lingnan';
const buyerId = 'par_hkhealth';
const day = 86_400_000;

beforeAll(async () => {
  herbs = await startUpstream((app) => {
    app.get('/api/formulas', (_request, reply) => reply.header('set-cookie', 'a=b').send('麻黄湯'));
    app.post('/api/search', (request, reply) => reply.status(201).send(request.body));
    app.get('/api/hop', (_request, reply) => reply.redirect('http://127.0.0.1:1/elsewhere'));
    app.get('/api/file', (request, reply) =>
      reply.status(206).header('content-range', 'bytes 2-5/10').send(request.headers.range),
    );
    app.get('/api/large', (_request, reply) => reply.send(Buffer.alloc(2 * 1024 * 1024, 'x')));
    // Sends a little at once, and the rest never: what a long download looks like from outside.
    app.get('/api/endless', (_request, reply) => {
      reply.hijack();
      reply.raw.write('first');
    });
  });
  metering = await startUpstream((app) => {
    app.post('/v1/usage/events', (_request, reply) => reply.status(202).send({ items: [] }));
  });
  gateway = await startGateway({
    upstream: metering,
    env: {
      ...{ DELIVERY_PRIVATE_UPSTREAMS: '1', DELIVERY_REPORT_MS: '20' },
      ...{ DELIVERY_ANSWER_MIB: '1', DELIVERY_ANSWER_SECONDS: '3' },
    },
  });
});
afterAll(async () => {
  await gateway.stop();
  await herbs.stop();
  await metering.stop();
});
beforeEach(() => {
  gateway.upstream.seen.length = 0;
  herbs.seen.length = 0;
});

interface Problem {
  readonly code: string;
  readonly detail: string;
}
interface Call {
  readonly state: string;
  readonly code: string | null;
  readonly bytes_out: string;
  readonly reported_at: string | null;
  readonly path: string;
}

async function licensed(change: Partial<EntitlementGrantedV1> = {}, connected = true) {
  const [productId, agreementId, entitlementId] = [newId('prd'), newId('agr'), newId('ent')];
  const now = Date.now();
  const [validFrom, validUntil] = [new Date(now - day).toISOString(), new Date(now + day).toISOString()];
  const name = { en: 'Formulas', 'zh-Hans': '经典名方', 'zh-Hant': '經典名方' };
  await gateway.elsewhere.publish(ProductListedV1, {
    ...{ productId, merchantId, name, kind: 'api', version: 1, listedAt: validFrom },
  });
  await gateway.elsewhere.publish(EntitlementGrantedV1, {
    ...{ entitlementId, agreementId, productId, merchantId, buyerId, meters: ['calls', 'bytes'], quota: null },
    ...{ purposes: ['research'], validFrom, validUntil, grantedAt: validFrom },
    ...change,
  });
  await gateway.elsewhere.arrived();
  if (connected) expect((await connect(productId)).status).toBe(200);
  return { productId, agreementId, entitlementId };
}

const connect = (productId: string, body: object = {}) =>
  gateway.call(`/v1/delivery-endpoints/${productId}`, {
    as: 'merchant',
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: `${herbs.url}/api/`, secret: { header: 'X-Api-Key', value: 'herb-secret' }, ...body }),
  });
const deliver = (agreementId: string, path = '/formulas', init: Parameters<TestGateway['call']>[1] = {}) =>
  gateway.call(`/v1/deliveries/${agreementId}${path}`, { as: 'buyer', ...init });
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as Problem).code];
const calls = async (agreementId: string) =>
  (
    (await (await gateway.call(`/v1/delivery-calls?agreement_id=${agreementId}`, { as: 'buyer' })).json()) as {
      data: Call[];
    }
  ).data;

async function countCalls(): Promise<string | undefined> {
  const { rows } = await gateway.service.database.withClient((client) =>
    client.query<{ count: string }>('SELECT count(*) FROM delivery_calls'),
  );
  return rows[0]?.count;
}

async function releaseOf(agreementId: string, productId: string): Promise<string> {
  const releaseId = newId('rel');
  await gateway.elsewhere.publish(ReleaseIssuedV1, {
    ...{ releaseId, declarationId: newId('dcl'), agreementId, productId, exporterId: merchantId, recipientId: buyerId },
    ...{ pathway: 'SC_OR_CERT', ruleId: 'M-8-2', ruleSetId: 'szdex-cross-border', ruleSetVersion: '2026.11.0' },
    ...{ factsSha256: 'a'.repeat(64), officialReference: '粤网信备 2026-0001', token: 'e30.e30.c2ln' },
    scope: { purpose: 'research', fields: ['formula'], destination: 'HK', onward: false },
    quota: { general: null, sensitive: null },
    validFrom: new Date(Date.now() - day).toISOString(),
    validUntil: new Date(Date.now() + day).toISOString(),
    issuedAt: new Date().toISOString(),
  });
  await gateway.elsewhere.arrived();
  return releaseId;
}
const revoke = (releaseId: string) =>
  gateway.elsewhere.publish(ReleaseRevokedV1, {
    ...{ releaseId, declarationId: newId('dcl'), reason: 'The recipient moved.', revokedAt: new Date().toISOString() },
  });

describe('a call to a merchant’s product', () => {
  it('waits while the licence rests, and goes on when it is resumed', async () => {
    const { agreementId, entitlementId } = await licensed();
    const at = new Date().toISOString();
    const reason = 'A question is open.';
    await gateway.elsewhere.publish(EntitlementSuspendedV1, { entitlementId, agreementId, reason, suspendedAt: at });
    await gateway.elsewhere.arrived();
    expect(await codeOf(await deliver(agreementId))).toEqual([403, 'DELIVERY_ENTITLEMENT_OVER']);
    await gateway.elsewhere.publish(EntitlementResumedV1, { entitlementId, agreementId, resumedAt: at });
    await gateway.elsewhere.arrived();
    expect((await deliver(agreementId)).status).toBe(200);
  });

  it('reaches the merchant under his own secret, and comes back without his cookies', async () => {
    const { agreementId } = await licensed();
    const answer = await deliver(agreementId, '/formulas?page=2');
    expect([answer.status, await answer.text()]).toEqual([200, '麻黄湯']);
    expect(answer.headers.get('set-cookie')).toBeNull();
    const [seen] = herbs.seen;
    expect(seen?.url).toBe('/api/formulas?page=2');
    expect(seen?.headers).toMatchObject({
      'x-api-key': 'herb-secret',
      'hetao-agreement': agreementId,
      'hetao-purpose': 'research',
      'hetao-call': answer.headers.get('hetao-call'),
    });
    expect(seen?.headers).not.toHaveProperty('authorization');
  });

  it('carries what the exchange found out about it, signed for this product and this call alone', async () => {
    const { agreementId, productId } = await licensed();
    const answer = await deliver(agreementId, '/formulas?page=2');
    const keys = (await (await fetch(`${gateway.url}/v1/delivery-keys`)).json()) as JSONWebKeySet;
    const context = String(herbs.seen[0]?.headers['hetao-context']);
    const { payload } = await jwtVerify(context, createLocalJWKSet(keys), {
      ...{
        algorithms: ['EdDSA'],
        typ: 'hetao-delivery+jwt',
        issuer: gateway.url,
        audience: productId,
        maxTokenAge: 60,
      },
    });
    expect(payload).toMatchObject({
      ...{ jti: answer.headers.get('hetao-call'), sub: buyerId, agreement: agreementId, purpose: 'research' },
      ...{ method: 'GET', path: '/formulas?page=2' },
    });
  });

  it('may ask for a part of a file', async () => {
    const { agreementId } = await licensed();
    const answer = await deliver(agreementId, '/file', { headers: { range: 'bytes=2-5' } });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, 'bytes 2-5/10']);
    expect(await answer.text()).toBe('bytes=2-5');
  });

  it.each([
    ['that is too large', '/large', 'DELIVERY_ANSWER_TOO_LARGE'],
    ['that never ends', '/endless', 'DELIVERY_TOOK_TOO_LONG'],
  ])('is cut off from an answer %s, and the log says why', async (_what, path, code) => {
    const { agreementId } = await licensed();
    await expect(deliver(agreementId, path).then((answer) => answer.arrayBuffer())).rejects.toThrow();
    await eventually(async () => expect(await calls(agreementId)).toMatchObject([{ state: 'stopped', code }]));
  });

  it('is told to metering once, with what was passed on', async () => {
    const { agreementId } = await licensed();
    await (await deliver(agreementId)).text();
    await eventually(async () => expect((await calls(agreementId))[0]?.reported_at).not.toBeNull());
    const reports = gateway.upstream.seen.filter(({ url }) => url === '/v1/usage/events');
    const events = reports.flatMap(({ body }) => JSON.parse(body) as { subject: string; data: object }[]);
    expect(events.filter(({ subject }) => subject === agreementId)).toEqual([
      expect.objectContaining({ source: 'hetao/gateway', data: { meters: { calls: '1', bytes: '9' } } }),
    ]);
  });

  it('goes to the merchant’s own host however the agreement is spelled: no part of its id reaches the address', async () => {
    const { agreementId } = await licensed();
    // The last letters percent-encoded: the router reads the same id, and its text is longer.
    const spelled = [...agreementId]
      .map((sign, at) => (at < 10 ? sign : `%${sign.charCodeAt(0).toString(16)}`))
      .join('');
    const answer = await deliver(spelled, '/formulas?page=2');
    expect([answer.status, herbs.seen.map(({ url }) => url)]).toEqual([200, ['/api/formulas?page=2']]);
  });

  it('carries a body to the merchant', async () => {
    const { agreementId } = await licensed();
    const headers = { 'content-type': 'text/plain' };
    const answer = await deliver(agreementId, '/search', { method: 'POST', body: '麻黄', headers });
    expect([answer.status, await answer.text()]).toEqual([201, '麻黄']);
  });
});

describe('a call that is refused', () => {
  it.each([
    ['of somebody else’s agreement', { buyerId: 'par_other' }, 404, 'DELIVERY_AGREEMENT_UNKNOWN'],
    ['before its time', { validFrom: '2999-01-01T00:00:00Z' }, 403, 'DELIVERY_ENTITLEMENT_OVER'],
    ['after its time', { validUntil: '2020-01-01T00:00:00Z' }, 403, 'DELIVERY_ENTITLEMENT_OVER'],
    ['without a purpose where several are licensed', { purposes: ['a', 'b'] }, 403, 'DELIVERY_PURPOSE_NOT_ALLOWED'],
  ])('%s', async (_what, change, status, code) => {
    const { agreementId } = await licensed(change);
    expect(await codeOf(await deliver(agreementId))).toEqual([status, code]);
    expect(herbs.seen).toEqual([]);
  });

  it('for a purpose that is not licensed, and is written down with the reason', async () => {
    const { agreementId } = await licensed();
    const answer = await deliver(agreementId, '/formulas', { headers: { 'hetao-purpose': 'marketing' } });
    expect(await codeOf(answer)).toEqual([403, 'DELIVERY_PURPOSE_NOT_ALLOWED']);
    expect(await calls(agreementId)).toMatchObject([{ state: 'refused', code: 'DELIVERY_PURPOSE_NOT_ALLOWED' }]);
  });

  it('when the quota is used up, and when the licence is revoked', async () => {
    const { agreementId, entitlementId } = await licensed();
    const at = new Date().toISOString();
    await gateway.elsewhere.publish(QuotaExhaustedV1, {
      ...{ agreementId, meter: 'calls', limit: '1', used: '1', exhaustedAt: at },
    });
    await gateway.elsewhere.arrived();
    expect(await codeOf(await deliver(agreementId))).toEqual([429, 'DELIVERY_QUOTA_EXHAUSTED']);
    await gateway.elsewhere.publish(EntitlementRevokedV1, {
      ...{ entitlementId, agreementId, reason: 'agreement ended', revokedAt: at },
    });
    await gateway.elsewhere.arrived();
    expect(await codeOf(await deliver(agreementId))).toEqual([403, 'DELIVERY_ENTITLEMENT_OVER']);
  });

  it('without leaving a line for an agreement nobody has: strangers do not fill the log', async () => {
    const before = await countCalls();
    expect(await codeOf(await deliver(newId('agr')))).toEqual([404, 'DELIVERY_AGREEMENT_UNKNOWN']);
    expect(await countCalls()).toBe(before);
  });

  it('where the merchant connected nothing, or nobody answers', async () => {
    const { agreementId, productId } = await licensed({}, false);
    expect(await codeOf(await deliver(agreementId))).toEqual([409, 'DELIVERY_NOT_CONNECTED']);
    await connect(productId, { url: 'http://127.0.0.1:9' });
    expect(await codeOf(await deliver(agreementId))).toEqual([503, 'DELIVERY_UPSTREAM_FAILED']);
    expect(await calls(agreementId)).toMatchObject([
      { state: 'failed', detail: 'it could not be reached in time' },
      { state: 'refused', detail: `Product ${productId} has no address here.` },
    ]);
  });

  it('for a while, after a merchant’s service failed five times in a row; the buyer hears why, and operators see it', async () => {
    const { agreementId, productId } = await licensed({}, false);
    await connect(productId, { url: 'http://127.0.0.1:9' });
    for (let n = 0; n < 5; n += 1) {
      expect(await codeOf(await deliver(agreementId))).toEqual([503, 'DELIVERY_UPSTREAM_FAILED']);
    }
    const refused = await deliver(agreementId);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const { code, detail } = (await refused.json()) as Problem;
    expect([code, detail]).toEqual(['DELIVERY_UPSTREAM_RESTING', expect.stringContaining('could not be reached')]);
    expect((await calls(agreementId))[0]).toMatchObject({ state: 'refused', code });
    const seen = await gateway.call('/v1/delivery-circuits', { as: 'operator' });
    const { data } = (await seen.json()) as { data: { product_id: string }[] };
    expect(data.find(({ product_id }) => product_id === productId)).toMatchObject({ state: 'open', failures: 5 });
    expect((await gateway.call('/v1/delivery-circuits', { as: 'buyer' })).status).toBe(403);
    // Another address is another service.
    await connect(productId);
    expect((await deliver(agreementId)).status).toBe(200);
  });

  it('without following where the merchant’s service points', async () => {
    const { agreementId } = await licensed();
    const answer = await deliver(agreementId, '/hop', { redirect: 'manual' });
    expect(answer.status).toBe(302);
  });
});

describe('a release that is revoked', () => {
  it('refuses the next call', async () => {
    const { agreementId, productId } = await licensed();
    const releaseId = await releaseOf(agreementId, productId);
    expect((await deliver(agreementId)).status).toBe(200);
    await revoke(releaseId);
    await gateway.elsewhere.arrived();
    const answer = await deliver(agreementId);
    expect([answer.status, await answer.json()]).toEqual([
      403,
      expect.objectContaining({
        code: 'RELEASE_NOT_IN_FORCE',
        detail: expect.stringContaining('The recipient moved.') as unknown,
      }),
    ]);
  });

  it('stops a delivery under way within a second', async () => {
    const { agreementId, productId } = await licensed();
    const releaseId = await releaseOf(agreementId, productId);
    const answer = await deliver(agreementId, '/endless');
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('first');
    const cut = reader.read().then(
      () => 'ended',
      () => 'cut',
    );
    const revokedAt = performance.now();
    await revoke(releaseId);
    expect(await cut).toBe('cut');
    expect(performance.now() - revokedAt).toBeLessThan(1_000);
    await eventually(async () =>
      expect(await calls(agreementId)).toMatchObject([{ state: 'stopped', code: 'DELIVERY_STOPPED', bytes_out: '5' }]),
    );
  });
});

describe('connecting a product', () => {
  it('is the merchant’s own affair, and never gives the secret back', async () => {
    const { productId } = await licensed();
    const read = await gateway.call(`/v1/delivery-endpoints/${productId}`, { as: 'merchant' });
    expect(await read.json()).toEqual({
      ...{ product_id: productId, url: `${herbs.url}/api`, secret_header: 'x-api-key' },
      updated_at: expect.any(String) as unknown,
    });
    expect(await codeOf(await connect(newId('prd')))).toEqual([404, 'DELIVERY_PRODUCT_NOT_YOURS']);
    expect((await gateway.call(`/v1/delivery-endpoints/${productId}`, { as: 'buyer' })).status).toBe(403);
  });

  it.each([
    ['no address', { url: 'herbs' }],
    ['a file', { url: 'file:///etc/passwd' }],
    ['credentials in the address', { url: 'https://a:b@herbs.example/api' }],
    ['a secret under a name of ours', { secret: { header: 'x-hetao-caller', value: 'x' } }],
    ['a secret as the length', { secret: { header: 'Content-Length', value: '0' } }],
  ])('refuses %s', async (_what, change) => {
    const { productId } = await licensed({}, false);
    expect(await codeOf(await connect(productId, change))).toEqual([422, 'DELIVERY_ENDPOINT_INVALID']);
  });
});
