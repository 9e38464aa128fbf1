import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessAnsweredV1, AccessRequestedV1, ParticipantSuspendedV1, ProductDelistedV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import { sendTwice } from '@hetao/testing';
import { auditor, openMarket, operator, type Market } from './market.js';
import { startContracts, type Answer, type RunningContracts } from './running-contracts.js';

let contracts: RunningContracts;
let market: Market;
let offerId: string;
beforeAll(async () => {
  contracts = await startContracts();
});
afterAll(() => contracts.stop());
beforeEach(async () => {
  market = await openMarket(contracts);
  offerId = (await market.offer()).body.id;
});

const get = (as: typeof operator, id: string): Promise<Answer> =>
  contracts.send(as, 'GET', `/v1/access-requests/${id}`);

describe('asking', () => {
  it('opens a request both sides see', async () => {
    const { status, headers, body } = await market.request(offerId);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/access-requests/${body.id}`);
    expect(body).toMatchObject({
      offer_id: offerId,
      product_id: market.productId,
      merchant_id: market.merchantId,
      buyer_id: market.buyerId,
      purpose: 'research',
      place_of_use: 'HK',
      status: 'requested',
      expires_at: '2026-04-01T00:00:00.000Z',
      agreement_id: null,
    });
    for (const reader of [market.merchant, market.buyer, operator, auditor]) {
      expect((await get(reader, body.id)).body).toEqual(body);
    }
  });

  it('is hidden from everybody else', async () => {
    const rival = await openMarket(contracts);
    const { body } = await market.request(offerId);
    for (const outsider of [rival.merchant, rival.buyer]) {
      expect([(await get(outsider, body.id)).status, (await get(outsider, body.id)).body.code]).toEqual([
        404,
        'REQUEST_UNKNOWN',
      ]);
      expect((await contracts.send(outsider, 'GET', `/v1/access-requests?offer_id=${offerId}`)).body.data).toEqual([]);
    }
    expect((await contracts.send(auditor, 'GET', `/v1/access-requests?offer_id=${offerId}`)).body.data).toHaveLength(1);
  });

  it('twice for the same is refused while the first is open, also when raced, and possible after', async () => {
    const raced = await Promise.all([market.request(offerId), market.request(offerId), market.request(offerId)]);
    expect(raced.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409]);
    expect((await market.request(offerId)).body.code).toBe('REQUEST_ALREADY_OPEN');
    expect((await market.request(offerId, { place_of_use: 'CN' })).status).toBe(201);
    const open = raced.find(({ status }) => status === 201);
    await market.answer(market.buyer, String(open?.body.id), 'withdraw');
    expect((await market.request(offerId)).status).toBe(201);
  });

  it('gives a repeated request its first answer', async () => {
    const headers = { 'idempotency-key': newId('key') };
    const json = { offer_id: offerId, purpose: 'research', place_of_use: 'HK' };
    const send = () => contracts.send(market.buyer, 'POST', '/v1/access-requests', { json, headers });
    const [first, again] = [await send(), await send()];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
  });

  it.each([
    ['for another purpose', { purpose: 'resale' }, 422, 'POLICY_PURPOSE_NOT_ALLOWED'],
    ['for another place', { place_of_use: 'US' }, 422, 'POLICY_PLACE_NOT_ALLOWED'],
    ['for a place that is none', { place_of_use: 'XX' }, 422, 'VALIDATION_FAILED'],
    ['for an offer that does not exist', { offer_id: newId('off') }, 404, 'OFFER_UNKNOWN'],
    ['for a product', { offer_id: newId('prd') }, 422, 'VALIDATION_FAILED'],
  ])('is refused %s', async (_why, change, status, code) => {
    const answer = await market.request(offerId, change);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is refused for an offer that is over, was withdrawn, or whose product left the market', async () => {
    const until = new Date(contracts.clock.now().getTime() + 1000).toISOString();
    const short = await market.offer({ valid_until: until });
    contracts.clock.advance({ seconds: 1 });
    const late = await market.request(short.body.id);
    expect([late.status, late.body.code]).toEqual([409, 'OFFER_EXPIRED']);

    const withdrawn = await market.offer();
    await contracts.send(market.merchant, 'POST', `/v1/offers/${withdrawn.body.id}/withdraw`);
    expect((await market.request(withdrawn.body.id)).body.code).toBe('OFFER_WITHDRAWN');

    const { productId, merchantId } = market;
    const delistedAt = contracts.clock.now().toISOString();
    await contracts.publish(ProductDelistedV1, { productId, merchantId, reason: 'x', delistedAt });
    await contracts.arrived();
    expect((await market.request(offerId)).body.code).toBe('PRODUCT_NOT_ON_SALE');
  });

  it('is for approved buyers, and never of oneself', async () => {
    const send = (as: typeof operator) =>
      contracts.send(as, 'POST', '/v1/access-requests', {
        json: { offer_id: offerId, purpose: 'research', place_of_use: 'HK' },
      });
    expect((await send(market.merchant)).body.code).toBe('PERSONA_NOT_ALLOWED');
    expect((await send({ ...market.merchant, personas: ['buyer'] })).body.code).toBe('PARTY_NOT_APPROVED');
    expect((await send({ personas: ['buyer'], organisationId: newId('org') })).body.code).toBe('PARTY_NOT_KNOWN_YET');
    const suspendedAt = contracts.clock.now().toISOString();
    await contracts.publish(ParticipantSuspendedV1, { participantId: market.buyerId, reason: 'x', suspendedAt });
    await contracts.arrived();
    expect((await send(market.buyer)).body.code).toBe('PARTY_NOT_APPROVED');
  });
});

describe('answering', () => {
  it('by agreeing draws up the agreement', async () => {
    const { body } = await market.request(offerId);
    const agreed = await market.answer(market.merchant, body.id, 'agree');
    expect([agreed.status, agreed.body.status]).toEqual([200, 'agreed']);
    const { body: agreement } = await market.agreement(agreed.body.agreement_id ?? '');
    expect(agreement).toMatchObject({ request_id: body.id, status: 'awaiting_signatures', signatures: [] });
  });

  it('twice the same answers the same, and makes one agreement', async () => {
    const { body } = await market.request(offerId);
    const first = await market.answer(market.merchant, body.id, 'agree');
    // A repetition is told what happened, whatever became of the offer since.
    await contracts.send(market.merchant, 'POST', `/v1/offers/${offerId}/withdraw`);
    const again = await market.answer(market.merchant, body.id, 'agree');
    expect(again.body).toEqual(first.body);
    expect((await contracts.send(operator, 'GET', `/v1/agreements?request_id=${body.id}`)).body.data).toHaveLength(1);

    const other = await market.request((await market.offer()).body.id);
    const declined = await market.answer(market.merchant, other.body.id, 'decline', { reason: 'no capacity' });
    expect(declined.body).toMatchObject({ status: 'declined', reason: 'no capacity' });
    expect((await market.answer(market.merchant, other.body.id, 'decline', { reason: 'else' })).body).toEqual(
      declined.body,
    );
  });

  it('sent twice under one key is answered again, whatever became of the request since', async () => {
    const { body } = await market.request(offerId);
    const address = `${contracts.service.url}/v1/access-requests/${body.id}`;
    const [withdrawn, again] = await sendTwice(`${address}/withdraw`, market.buyer);
    expect(withdrawn).toMatchObject({ status: 200, replayed: 'false', body: { status: 'withdrawn' } });
    expect(again).toEqual({ ...withdrawn, replayed: 'true' });
    const other = await market.request((await market.offer()).body.id);
    const [agreed, agreedAgain] = await sendTwice(
      `${contracts.service.url}/v1/access-requests/${other.body.id}/agree`,
      market.merchant,
    );
    expect(agreedAgain).toEqual({ ...agreed, replayed: 'true' });
    const made = await contracts.send(operator, 'GET', `/v1/agreements?request_id=${other.body.id}`);
    expect([agreed.status, made.body.data.length]).toEqual([200, 1]);
  });

  it('otherwise than before is refused', async () => {
    const { body } = await market.request(offerId);
    await market.answer(market.buyer, body.id, 'withdraw');
    for (const [command, json] of [['agree'], ['decline', { reason: 'x' }]] as const) {
      const answer = await market.answer(market.merchant, body.id, command, json);
      expect([answer.status, answer.body.code, answer.body.meta]).toEqual([
        409,
        'REQUEST_TRANSITION_REFUSED',
        { status: 'withdrawn', state: 'TERMINATED' },
      ]);
    }
  });

  it('raced three ways has one winner, and an agreement only if it was consent', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { body } = await market.request((await market.offer()).body.id);
      const answers = await Promise.all([
        market.answer(market.merchant, body.id, 'agree'),
        market.answer(market.merchant, body.id, 'decline', { reason: 'x' }),
        market.answer(market.buyer, body.id, 'withdraw'),
      ]);
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
      const after = await get(operator, body.id);
      const { body: page } = await contracts.send(operator, 'GET', `/v1/agreements?request_id=${body.id}`);
      expect(page.data).toHaveLength(after.body.status === 'agreed' ? 1 : 0);
    }
  });

  it('is for the one asked; to others the request does not exist', async () => {
    const { body } = await market.request(offerId);
    const rival = await openMarket(contracts);
    expect((await market.answer(rival.merchant, body.id, 'agree')).status).toBe(404);
    expect((await market.answer(rival.buyer, body.id, 'withdraw')).status).toBe(404);
    expect((await market.answer(market.buyer, body.id, 'agree')).status).toBe(403);
    expect((await market.answer({ ...market.buyer, personas: ['merchant'] }, body.id, 'agree')).status).toBe(404);
    expect((await market.answer(market.merchant, newId('req'), 'agree')).body.code).toBe('REQUEST_UNKNOWN');
    expect((await get(operator, body.id)).body.status).toBe('requested');
  });

  it.each([
    ['agreed', 'merchant', 'agree', undefined],
    ['countered', 'merchant', 'counter-offer', { quota: { meter: 'calls', limit: '80000' } }],
    ['declined', 'merchant', 'decline', { reason: 'no capacity' }],
    ['withdrawn', 'buyer', 'withdraw', undefined],
  ] as const)('is told once, as %s, with when it was asked and when answered', async (answer, side, command, json) => {
    const { body } = await market.request(offerId);
    contracts.clock.advance({ minutes: 90 });
    await market.answer(market[side], body.id, command, json);
    // What comes after the first answer is no answer to the request any more.
    if (answer === 'countered') await market.answer(market.buyer, body.id, 'accept');
    const [requested, answered, ...rest] = await contracts.published(body.id);
    expect([requested?.type, answered?.type, rest]).toEqual([AccessRequestedV1.type, AccessAnsweredV1.type, []]);
    expect(requested?.data).toMatchObject({ offerId, merchantId: market.merchantId, buyerId: market.buyerId });
    expect(answered?.data).toMatchObject({ answer, requestedAt: requested?.data['requestedAt'] });
    const between =
      Date.parse(String(answered?.data['answeredAt'])) - Date.parse(String(answered?.data['requestedAt']));
    expect(between).toBe(90 * 60_000);
  });

  it('needs a reason to decline', async () => {
    const { body } = await market.request(offerId);
    for (const json of [{}, { reason: '' }, { reason: 'x'.repeat(501) }, { reason: 'x', tone: 'rude' }]) {
      expect((await market.answer(market.merchant, body.id, 'decline', json)).status).toBe(422);
    }
  });

  it('is too late once the offer is over, or either side was suspended', async () => {
    const until = new Date(contracts.clock.now().getTime() + 1000).toISOString();
    const short = await market.offer({ valid_until: until });
    const late = await market.request(short.body.id);
    const open = await market.request(offerId);
    contracts.clock.advance({ seconds: 1 });
    expect((await market.answer(market.merchant, late.body.id, 'agree')).body.code).toBe('REQUEST_EXPIRED');
    const suspendedAt = contracts.clock.now().toISOString();
    await contracts.publish(ParticipantSuspendedV1, { participantId: market.buyerId, reason: 'x', suspendedAt });
    await contracts.arrived();
    const agreed = await market.answer(market.merchant, open.body.id, 'agree');
    expect([agreed.status, agreed.body.code]).toEqual([403, 'PARTY_NOT_APPROVED']);
  });
});
