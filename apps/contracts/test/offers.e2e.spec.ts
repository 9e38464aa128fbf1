import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ParticipantApprovedV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import { auditor, offerBody, openMarket, operator, type Market } from './market.js';
import { approval, startContracts, type Answer, type RunningContracts } from './running-contracts.js';

let contracts: RunningContracts;
let market: Market;
beforeAll(async () => {
  contracts = await startContracts();
  market = await openMarket(contracts);
});
afterAll(() => contracts.stop());

const get = (as: typeof operator, path: string): Promise<Answer> => contracts.send(as, 'GET', path);
const ids = (answer: Answer) => answer.body.data.map(({ id }) => id);

describe('publishing', () => {
  it('answers the offer and tells everybody', async () => {
    const { status, headers, body } = await market.offer();
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/offers/${body.id}`);
    expect(body).toMatchObject({
      ...offerBody(market.productId),
      merchant_id: market.merchantId,
      product_version: 3,
      channel_partner_id: null,
      valid_until: '2026-04-01T00:00:00.000Z',
      term: { from: '2015-04-30T16:00:00.000Z', until: '2027-03-01T00:00:00.000Z' },
      status: 'published',
    });
    const [full, known] = await contracts.published(body.id);
    expect([full?.type, full?.data]).toMatchObject([
      'hetao.contracts.offer-published.v2',
      { ...known?.data, buyerId: null, productVersion: 3, quota: { meter: 'calls', limit: '50000' }, noticeDays: 0 },
    ]);
    expect([known]).toEqual([
      {
        type: 'hetao.contracts.offer-published.v1',
        data: {
          offerId: body.id,
          productId: market.productId,
          merchantId: market.merchantId,
          plan: {
            currency: 'CNY',
            components: [
              { kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.05', per: '1' },
              { kind: 'per_unit', id: 'bytes', meter: 'bytes', unitPrice: '0.20', per: '1000000' },
            ],
            fee: { exchangeBps: 500, channelBps: 0 },
            tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
          },
          policy: { purposes: ['research'], placesOfUse: ['HK', 'CN'], onwardUse: false, retentionDays: 30 },
          validUntil: '2026-04-01T00:00:00.000Z',
          publishedAt: contracts.clock.now().toISOString(),
        },
      },
    ]);
  });

  it('gives a repeated request its first answer, and publishes once', async () => {
    const headers = { 'idempotency-key': newId('key') };
    const send = () =>
      contracts.send(market.merchant, 'POST', '/v1/offers', { json: offerBody(market.productId), headers });
    const answers = [await send(), await send()];
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expect(await contracts.published(String(answers[0]?.body.id))).toHaveLength(2);
  });

  it('takes flat and tiered prices and gives them back as they came', async () => {
    const components = [
      { kind: 'flat', id: 'base', amount: '100.00' },
      {
        kind: 'tiered',
        id: 'volume',
        meter: 'bytes',
        mode: 'graduated',
        per: '1000000',
        tiers: [
          { up_to: '1000000', unit_price: '0.20' },
          { up_to: null, unit_price: '0.10' },
        ],
      },
    ];
    const { body } = await market.offer({ plan: { ...offerBody('').plan, components } });
    expect((await get(market.buyer, `/v1/offers/${body.id}`)).body.plan.components).toEqual(components);
  });

  it('pays a channel partner who is one', async () => {
    const partner = newId('org');
    await contracts.publish(ParticipantApprovedV1, approval(partner, ['channel'], contracts.clock.now()));
    await contracts.arrived();
    const plan = { ...offerBody('').plan, fee: { exchange_bps: 500, channel_bps: 200 } };
    expect((await market.offer({ plan, channel_partner_id: partner })).body.channel_partner_id).toBe(partner);
    const stranger = await market.offer({ plan, channel_partner_id: market.buyerId });
    expect([stranger.status, stranger.body.code]).toEqual([403, 'PARTY_NOT_APPROVED']);
    expect(stranger.body.errors).toMatchObject([{ pointer: '/channel_partner_id' }]);
  });
});

describe('who sees an offer', () => {
  it('is everybody while it is open; later the merchant, the exchange, and a buyer who asked for it', async () => {
    const rival = await openMarket(contracts);
    const { body } = await market.offer();
    const path = `/v1/offers/${body.id}`;
    for (const reader of [market.buyer, rival.merchant, rival.buyer, auditor]) {
      expect((await get(reader, path)).status).toBe(200);
    }
    await market.request(body.id);
    await contracts.send(market.merchant, 'POST', `${path}/withdraw`);
    for (const reader of [market.merchant, market.buyer, operator, auditor]) {
      expect((await get(reader, path)).body.status).toBe('withdrawn');
    }
    for (const reader of [rival.merchant, rival.buyer]) {
      expect((await get(reader, path)).status).toBe(404);
      expect(ids(await get(reader, `/v1/offers?product_id=${market.productId}&limit=100`))).not.toContain(body.id);
    }
  });

  it('shows an offer as expired once its time is over', async () => {
    const other = await openMarket(contracts);
    const until = new Date(contracts.clock.now().getTime() + 1000).toISOString();
    const { body } = await other.offer({ valid_until: until });
    contracts.clock.advance({ seconds: 1 });
    expect((await get(other.merchant, `/v1/offers/${body.id}`)).body.status).toBe('expired');
    expect((await get(other.buyer, `/v1/offers/${body.id}`)).status).toBe(404);
    expect(ids(await get(other.merchant, `/v1/offers?status=expired&product_id=${other.productId}`))).toEqual([
      body.id,
    ]);
    expect(ids(await get(other.merchant, `/v1/offers?status=published&product_id=${other.productId}`))).toEqual([]);
  });

  it('turns pages', async () => {
    const other = await openMarket(contracts);
    const made = [await other.offer(), await other.offer(), await other.offer()].map(({ body }) => body.id);
    const path = `/v1/offers?merchant_id=${other.merchantId}&limit=2`;
    const first = await get(other.buyer, path);
    const second = await get(other.buyer, `${path}&cursor=${first.body.next_cursor}`);
    expect([...ids(first), ...ids(second)]).toEqual(made.reverse());
    expect(second.body.has_more).toBe(false);
  });
});

describe('withdrawing', () => {
  it('happens once, by the merchant alone', async () => {
    const { body } = await market.offer();
    const path = `/v1/offers/${body.id}/withdraw`;
    const rival = await openMarket(contracts);
    expect((await contracts.send(rival.merchant, 'POST', path)).body.code).toBe('OFFER_UNKNOWN');
    expect((await contracts.send(market.buyer, 'POST', path)).status).toBe(403);
    const first = await contracts.send(market.merchant, 'POST', path);
    contracts.clock.advance({ seconds: 1 });
    const again = await contracts.send(market.merchant, 'POST', path);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    const events = await contracts.published(body.id);
    expect(events.map(({ type }) => type)).toEqual([
      'hetao.contracts.offer-published.v2',
      'hetao.contracts.offer-published.v1',
      'hetao.contracts.offer-withdrawn.v1',
    ]);
  });
});

describe('bad input', () => {
  const plan = offerBody('').plan;
  const withComponents = (components: unknown) => ({ plan: { ...plan, components } });
  const tiered = (tiers: unknown) =>
    withComponents([{ kind: 'tiered', id: 'v', meter: 'bytes', mode: 'volume', per: '1', tiers }]);

  it.each([
    ['broken JSON', { text: '{' }, 400, 'JSON_MALFORMED'],
    ['a body far too large', { text: JSON.stringify({ x: 'x'.repeat(300_000) }) }, 413, 'BODY_TOO_LARGE'],
  ])('refuses %s', async (_what, request, status, code) => {
    const answer = await contracts.send(market.merchant, 'POST', '/v1/offers', request);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it.each([
    [
      'a price as a number',
      withComponents([{ ...plan.components[0], unit_price: 0.05 }]),
      '/plan/components/0/unit_price',
    ],
    [
      'a negative price',
      withComponents([{ ...plan.components[0], unit_price: '-1' }]),
      '/plan/components/0/unit_price',
    ],
    ['an unknown kind of price', withComponents([{ kind: 'auction', id: 'a' }]), '/plan/components/0/kind'],
    [
      'more than all of net as fee',
      { plan: { ...plan, fee: { exchange_bps: 10_001, channel_bps: 0 } } },
      '/plan/fee/exchange_bps',
    ],
    ['no purpose', { policy: { ...offerBody('').policy, purposes: [] } }, '/policy/purposes'],
    [
      'a place we do not know',
      { policy: { ...offerBody('').policy, places_of_use: ['XX'] } },
      '/policy/places_of_use/0',
    ],
    ['a time without a zone', { valid_until: '2026-04-01T00:00:00' }, '/valid_until'],
    ['an unknown field', { discount: '10%' }, '/discount'],
    ['a product id that is none', { product_id: 'prd_1' }, '/product_id'],
    ['a quota as a number', { quota: { meter: 'calls', limit: 5 } }, '/quota/limit'],
  ])('says where: %s', async (_what, change, pointer) => {
    const { status, body } = await market.offer(change);
    expect([status, body.code]).toEqual([422, 'VALIDATION_FAILED']);
    expect(new Set(body.errors.map((item) => item.pointer))).toEqual(new Set([pointer]));
  });

  it.each([
    [
      'tiers out of order',
      tiered([
        { up_to: '9', unit_price: '1' },
        { up_to: '5', unit_price: '1' },
        { up_to: null, unit_price: '1' },
      ]),
      '/plan/components/0/tiers/1/up_to',
    ],
    ['a last tier with an end', tiered([{ up_to: '9', unit_price: '1' }]), '/plan/components/0/tiers/0/up_to'],
    ['a price per three', withComponents([{ ...plan.components[0], per: '3' }]), '/plan/components/0/per'],
    ['one id twice', withComponents([plan.components[0], plan.components[0]]), '/plan/components/1/id'],
  ])('refuses a plan that cannot be rated: %s', async (_what, change, pointer) => {
    const { status, body } = await market.offer(change);
    expect([status, body.code]).toEqual([422, 'PRICE_PLAN_INVALID']);
    expect(body.errors.map((item) => item.pointer)).toContain(pointer);
  });

  it.each([
    ['one already over', { valid_until: '2026-02-01T00:00:00Z' }, 'OFFER_TERM_INVALID', '/valid_until'],
    [
      'a term that ends first',
      { term: { from: '2026-04-02T00:00:00Z', until: '2026-04-01T00:00:00Z' } },
      'OFFER_TERM_INVALID',
      '/term/until',
    ],
    ['a quota of nothing', { quota: { meter: 'calls', limit: '0' } }, 'OFFER_QUOTA_INVALID', '/quota/limit'],
    [
      'a fee for nobody',
      { plan: { ...plan, fee: { exchange_bps: 0, channel_bps: 5 } } },
      'OFFER_CHANNEL_MISMATCH',
      '/channel_partner_id',
    ],
    [
      'a purpose twice',
      { policy: { ...offerBody('').policy, purposes: ['a', 'a'] } },
      'POLICY_INVALID',
      '/policy/purposes',
    ],
  ])('refuses an offer: %s', async (_what, change, code, pointer) => {
    const { status, body } = await market.offer(change);
    expect([status, body.code, body.errors[0]?.pointer]).toEqual([422, code, pointer]);
  });

  it('refuses a product of another merchant, and whoever is no merchant', async () => {
    const rival = await openMarket(contracts);
    const foreign = await rival.offer({ product_id: market.productId });
    expect([foreign.status, foreign.body.code]).toEqual([403, 'OFFER_PRODUCT_FOREIGN']);
    const send = (as: typeof operator) =>
      contracts.send(as, 'POST', '/v1/offers', { json: offerBody(market.productId) });
    expect((await send(market.buyer)).body.code).toBe('PERSONA_NOT_ALLOWED');
    expect((await send({ personas: ['merchant'], organisationId: market.buyerId })).body.code).toBe(
      'PARTY_NOT_APPROVED',
    );
  });

  it('answers 404 for offers that do not exist or cannot', async () => {
    for (const id of [newId('off'), newId('prd'), 'off_1']) {
      expect((await get(operator, `/v1/offers/${id}`)).status).toBe(404);
      expect((await contracts.send(market.merchant, 'POST', `/v1/offers/${id}/withdraw`)).status).toBe(404);
    }
  });
});
