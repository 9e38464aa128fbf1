import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntitlementGrantedV1, ProductListedV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import { startGateway, type TestGateway } from './gateway.js';
import { startUpstream, type Upstream } from './upstream.js';

const DAY_MS = 86_400_000;
const merchantId = 'par_lingnan';
/** The organisation the peer stands for; it has no account here. */
const buyerId = 'par_alba';
const [productId, agreementId] = [newId('prd'), newId('agr')];
const TOKEN = 'hxt_a-token-of-a-transfer';

let gateway: TestGateway;
let herbs: Upstream;
let contracts: Upstream;
let flows = true;

beforeAll(async () => {
  herbs = await startUpstream((app) => {
    app.get('/api/formulas', (_request, reply) => reply.send('麻黄湯'));
  });
  contracts = await startUpstream((app) => {
    app.post('/v1/dataspace/token-checks', (request, reply) => {
      const { token } = JSON.parse(String(request.body)) as { token: string };
      const active = token === TOKEN && flows;
      return reply.send({
        active,
        agreement_id: active ? agreementId : null,
        organisation_id: active ? buyerId : null,
        purpose: active ? 'research' : null,
      });
    });
  });
  gateway = await startGateway({ upstream: contracts, env: { DELIVERY_PRIVATE_UPSTREAMS: '1' } });
  await license();
});
afterAll(async () => {
  await gateway.stop();
  await herbs.stop();
  await contracts.stop();
});

async function license(): Promise<void> {
  const [validFrom, validUntil] = [-DAY_MS, DAY_MS].map((ms) => new Date(Date.now() + ms).toISOString()) as [
    string,
    string,
  ];
  const name = { en: 'Formulas', 'zh-Hans': '经典名方', 'zh-Hant': '經典名方' };
  await gateway.elsewhere.publish(ProductListedV1, {
    ...{ productId, merchantId, name, kind: 'api', version: 1, listedAt: validFrom },
  });
  await gateway.elsewhere.publish(EntitlementGrantedV1, {
    ...{ entitlementId: newId('ent'), agreementId, productId, merchantId, buyerId, meters: ['calls'], quota: null },
    ...{ purposes: ['research', 'teaching'], validFrom, validUntil, grantedAt: validFrom },
  });
  await gateway.elsewhere.arrived();
  const connected = await gateway.call(`/v1/delivery-endpoints/${productId}`, {
    as: 'merchant',
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: `${herbs.url}/api/`, secret: null }),
  });
  expect(connected.status).toBe(200);
}

const read = (token: string, agreement = agreementId) =>
  gateway.call(`/v1/deliveries/${agreement}/formulas`, { headers: { authorization: `Bearer ${token}` } });
const refusal = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];

describe('the token of a transfer', () => {
  it('opens the deliveries of its agreement to the organisation the peer stands for, for the agreed purpose', async () => {
    const answer = await read(TOKEN);
    expect([answer.status, await answer.text()]).toEqual([200, '麻黄湯']);
    expect(herbs.seen.at(-1)?.headers).toMatchObject({ 'hetao-agreement': agreementId, 'hetao-purpose': 'research' });
    // The token itself is nobody's business behind the door.
    expect(herbs.seen.at(-1)?.headers.authorization).toBeUndefined();
  });

  it('opens no other agreement, no other address, and nothing once its transfer stands still', async () => {
    expect(await refusal(await read(TOKEN, newId('agr')))).toEqual([401, 'DELIVERY_TOKEN_REFUSED']);
    expect(await refusal(await read('hxt_another'))).toEqual([401, 'DELIVERY_TOKEN_REFUSED']);
    const elsewhere = await gateway.call('/v1/offers', { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(elsewhere.status).toBe(401);
    flows = false;
    expect(await refusal(await read(TOKEN))).toEqual([401, 'DELIVERY_TOKEN_REFUSED']);
    flows = true;
  });

  it('is nothing without somebody to judge it', async () => {
    expect((await gateway.call(`/v1/deliveries/${agreementId}/formulas`)).status).toBe(401);
  });
});
