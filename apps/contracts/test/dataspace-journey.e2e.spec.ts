import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@hetao/testing';
import { checkToken, startPair, type Exchange } from './dataspace-pair.js';
import { bothIn, buyerOf, merchantOf, onSale, setAutomatic } from './trading-pair.js';

let pair: Awaited<ReturnType<typeof startPair>>;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.stop());

interface Dataset {
  readonly '@id': string;
  readonly hasPolicy: readonly { readonly '@id': string; readonly '@type': string }[];
}

/** From the catalog of the other exchange to data that flows: what a buyer and a merchant see of it. */
async function traded(consumer: Exchange, provider: Exchange) {
  const { productId } = await onSale(provider);
  await setAutomatic(provider, true);
  const buyer = buyerOf(consumer);
  const path = `/v1/dataspace/peers/${consumer.peerId}/catalog?dataset=urn:hetao:product:${productId}`;
  const catalog = await consumer.send(buyer, 'GET', path);
  const [dataset] = catalog.body['datasets'] as Dataset[];
  const { '@id': offerId, ...offer } = dataset?.hasPolicy[0] as Dataset['hasPolicy'][number];
  const asked = await consumer.send(buyer, 'POST', '/v1/peer-negotiations', {
    peer_id: consumer.peerId,
    dataset_id: dataset?.['@id'],
    offer_id: offerId,
    rules: Object.fromEntries(Object.entries(offer).filter(([name]) => name !== '@type')),
    purpose: 'research',
    place_of_use: 'HK',
  });
  expect(asked.status).toBe(201);
  const { ours, theirs } = await bothIn(consumer, provider, asked.body.id, 'FINALIZED');
  const agreement = ours['agreement'] as { readonly '@id': string };
  return { productId, agreementRef: agreement['@id'], agreementId: theirs.agreement_id ?? '' };
}

async function flowing(consumer: Exchange, agreementRef: string) {
  const wish = { peer_id: consumer.peerId, agreement_id: agreementRef, format: 'HttpData-PULL' };
  const { status, body } = await consumer.send(buyerOf(consumer), 'POST', '/v1/dataspace/transfers', wish);
  expect([status, body]).toMatchObject([201, { organisation_id: consumer.ours }]);
  await inState(consumer, body.id, 'STARTED');
  const address = await consumer.send(buyerOf(consumer), 'GET', `/v1/dataspace/transfers/${body.id}/address`);
  return { id: body.id, endpoint: String(address.body['endpoint']), token: String(address.body['authorization']) };
}

const inState = (exchange: Exchange, id: string, state: string) =>
  eventually(async () => {
    const { body } = await exchange.send(buyerOf(exchange), 'GET', `/v1/dataspace/transfers/${id}`);
    expect([body.state, body['pending']]).toEqual([state, null]);
    return body;
  });

describe.each([
  ['bruma buys from alba', () => [pair.bruma, pair.alba] as const],
  ['alba buys from bruma', () => [pair.alba, pair.bruma] as const],
])('%s', (_who, sides) => {
  it('from the catalog to the bytes, and no byte after the agreement has ended', async () => {
    const [consumer, provider] = sides();
    const { agreementRef, agreementId } = await traded(consumer, provider);
    const { id, endpoint, token } = await flowing(consumer, agreementRef);
    expect(endpoint.endsWith(`/${agreementId}/`)).toBe(true);
    const open = (await checkToken(provider, token)).body;
    expect(open).toMatchObject({
      active: true,
      agreement_id: agreementId,
      organisation_id: provider.theirs,
      purpose: 'research',
    });
    const stranger = { ...buyerOf(consumer), organisationId: consumer.theirs };
    const foreign = { peer_id: consumer.peerId, agreement_id: agreementRef, format: 'HttpData-PULL' };
    expect((await consumer.send(stranger, 'POST', '/v1/dataspace/transfers', foreign)).status).toBe(400);

    const ended = await provider.send(merchantOf(provider), 'POST', `/v1/agreements/${agreementId}/end`, {
      reason: 'Sold.',
    });
    expect(ended.status).toBe(200);
    expect((await checkToken(provider, token)).body['active']).toBe(false);
    expect(await inState(consumer, id, 'TERMINATED')).toMatchObject({ code: 'AGREEMENT_ENDED', reasons: ['Sold.'] });
    const again = await consumer.send(buyerOf(consumer), 'POST', '/v1/dataspace/transfers', foreign);
    await eventually(async () => {
      const { body } = await consumer.send(buyerOf(consumer), 'GET', `/v1/dataspace/transfers/${again.body.id}`);
      expect([body.state, String(body['reasons'])]).toEqual([
        'TERMINATED',
        expect.stringContaining('UNKNOWN_AGREEMENT'),
      ]);
    });
  });
});
