import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import type { TestCaller } from '@hetao/testing';
import { auditor, offerBody, openMarket, operator, type Market } from './market.js';
import { startContracts, type Answer, type RunningContracts } from './running-contracts.js';

let contracts: RunningContracts;
let market: Market;
let stranger: Market;
beforeAll(async () => {
  contracts = await startContracts();
  market = await openMarket(contracts);
  stranger = await openMarket(contracts);
});
afterAll(() => contracts.stop());

const get = (as: TestCaller, path: string): Promise<Answer> => contracts.send(as, 'GET', path);
const types = async (key: string) =>
  (await contracts.published(key)).map(({ type }) => type.replace('hetao.contracts.', ''));
const plan = offerBody('').plan;
/** A plan of the second form with everything in it. */
const planV2 = {
  ...plan,
  version: 2,
  components: [
    { kind: 'flat', id: 'base', amount: '310.00', prorate: true },
    { kind: 'package', id: 'calls', meter: 'calls', size: '1000', price: '40', included: '500' },
    { kind: 'minimum', id: 'least', amount: '50' },
    { kind: 'prepaid', id: 'credit', price: '90', credit: '100', grant: 'once', valid_periods: 3 },
  ],
  trial: { periods: 1 },
  withholding: { jurisdiction: 'CN', rate_bps: 1000 },
};

describe('an offer to one buyer', () => {
  it('is there for him, its merchant and the exchange; to everybody else it does not exist', async () => {
    const { status, body } = await market.offer({ buyer_id: market.buyerId });
    expect([status, body.buyer_id]).toEqual([201, market.buyerId]);
    const path = `/v1/offers/${body.id}`;
    const list = `/v1/offers?merchant_id=${market.merchantId}&limit=100`;
    for (const reader of [market.merchant, market.buyer, operator, auditor]) {
      expect((await get(reader, path)).status).toBe(200);
      expect((await get(reader, list)).body.data.map(({ id }) => id)).toContain(body.id);
    }
    for (const reader of [stranger.merchant, stranger.buyer]) {
      expect((await get(reader, path)).body.code).toBe('OFFER_UNKNOWN');
      expect((await get(reader, list)).body.data.map(({ id }) => id)).not.toContain(body.id);
    }
    const asked = await stranger.request(body.id);
    expect([asked.status, asked.body.code]).toEqual([404, 'OFFER_UNKNOWN']);
    const simulated = await contracts.send(stranger.buyer, 'POST', '/v1/simulations', {
      json: { offer_id: body.id, months: [{ period: '2026-03', usage: [] }] },
    });
    expect(simulated.status).toBe(404);
    expect((await market.request(body.id)).status).toBe(201);
    // A reader of the first version could not know that it is not for everybody.
    expect(await types(body.id)).toEqual(['offer-published.v2']);
  });

  it('expires, and is withdrawn, like any other', async () => {
    const until = new Date(contracts.clock.now().getTime() + 1000).toISOString();
    const short = await market.offer({ buyer_id: market.buyerId, valid_until: until });
    const taken = await market.offer({ buyer_id: market.buyerId, quota: null });
    await contracts.send(market.merchant, 'POST', `/v1/offers/${taken.body.id}/withdraw`);
    expect((await market.request(taken.body.id)).body.code).toBe('OFFER_WITHDRAWN');
    contracts.clock.advance({ seconds: 1 });
    expect((await market.request(short.body.id)).body.code).toBe('OFFER_EXPIRED');
    expect((await stranger.request(short.body.id)).body.code).toBe('OFFER_UNKNOWN');
  });

  it.each([
    ['an organisation nobody knows', newId('org'), 409, 'PARTY_NOT_KNOWN_YET'],
    ['one that is no buyer', 'merchant', 403, 'PARTY_NOT_APPROVED'],
  ])('is refused for %s', async (_what, id, status, code) => {
    const buyer_id = id === 'merchant' ? stranger.merchantId : id;
    const { body, ...answer } = await market.offer({ buyer_id });
    expect([answer.status, body.code, body.errors[0]?.pointer]).toEqual([status, code, '/buyer_id']);
  });
});

describe('a plan of the second form', () => {
  it('is offered, signed and concluded as it is; nobody is told another price by the first version', async () => {
    const offered = await market.offer({ plan: planV2, time_zone: 'Asia/Hong_Kong' });
    expect(offered.body.plan).toEqual({
      ...planV2,
      components: planV2.components.map((component) =>
        component.kind === 'minimum' ? { ...component, prorate: false } : component,
      ),
      parties: [],
    });
    expect(await types(offered.body.id)).toEqual(['offer-published.v2']);
    const { id } = await market.signed({ plan: planV2, time_zone: 'Asia/Hong_Kong', quota: null });
    const { body } = await market.agreement(id);
    expect(body).toMatchObject({ status: 'in_force', time_zone: 'Asia/Hong_Kong', plan: { version: 2 } });
    expect(body.document).toMatchObject({ plan: { version: 2, trial: { periods: 1 } }, time_zone: 'Asia/Hong_Kong' });
    const [concluded, ...others] = await contracts.published(id);
    expect([concluded?.type, others]).toEqual(['hetao.contracts.agreement-concluded.v2', []]);
    expect(concluded?.data).toMatchObject({ timeZone: 'Asia/Hong_Kong', plan: { version: 2, trial: { periods: 1 } } });
    const [entitlement] = (await get(operator, `/v1/entitlements?agreement_id=${id}`)).body.data;
    expect(entitlement).toMatchObject({ meters: ['calls', 'bytes'], plan: { version: 2 } });
  });

  it('that the first form can say as well is told in both, the second first', async () => {
    const plain = { ...plan, version: 2 };
    const { body } = await market.offer({ plan: plain, quota: { meter: 'calls', limit: '7' } });
    expect(await types(body.id)).toEqual(['offer-published.v2', 'offer-published.v1']);
    const { id } = await market.signed({ plan: plain, quota: { meter: 'calls', limit: '8' } });
    expect(await types(id)).toEqual(['agreement-concluded.v2', 'agreement-concluded.v1']);
  });

  it.each([
    ['a component only the second form knows, in the first', { version: 1 }, 'VALIDATION_FAILED', '/plan/components/0'],
    ['no trial of nothing', { trial: { periods: 0 } }, 'VALIDATION_FAILED', '/plan/trial/periods'],
    [
      'more than all of the money for its parties',
      { parties: [{ role: 'source', participant_id: newId('org'), bps: 9_600 }] },
      'PRICE_PLAN_INVALID',
      '/plan/parties',
    ],
    [
      'two minimums',
      { components: [1, 2].map((n) => ({ kind: 'minimum', id: `m${n}`, amount: '1' })) },
      'PRICE_PLAN_INVALID',
      '/plan/components/1',
    ],
    [
      'credit in tenths of a fen',
      { components: [{ ...planV2.components[3], credit: '0.001' }] },
      'PRICE_PLAN_INVALID',
      '/plan/components/0/credit',
    ],
  ])('is refused with %s', async (_what, change, code, pointer) => {
    const { status, body } = await market.offer({ plan: { ...planV2, ...change } });
    expect([status, body.code]).toEqual([422, code]);
    expect(body.errors.some((item) => item.pointer.startsWith(pointer))).toBe(true);
  });
});

describe('the simulator', () => {
  interface Simulated {
    readonly months: readonly Readonly<Record<string, unknown>>[];
    readonly gross: object;
    readonly assumptions: readonly { name: string; value: string; from: string }[];
  }
  const simulate = async (as: TestCaller, json: object) => {
    const { status, body } = await contracts.send(as, 'POST', '/v1/simulations', { json });
    return { status, body: body as unknown as Simulated & Answer['body'] };
  };
  const months = [{ period: '2026-05', usage: [{ meter: 'calls', quantity: '12000' }] }];

  it('tells price, tax, shares, currencies and dates, and what they stand on', async () => {
    const offer = await market.offer({ quota: null });
    const buyer_rate = { currency: 'HKD', rate: '1.0945', source: 'HKAB 2026-05-29' };
    const { status, body } = await simulate(market.buyer, { offer_id: offer.body.id, months, buyer_rate });
    expect(status).toBe(200);
    expect(body.months[0]).toMatchObject({
      net: { amount: '600.00', currency: 'CNY' },
      tax: { amount: '36.00', currency: 'CNY' },
      gross: { amount: '636.00', currency: 'CNY' },
      shares: [
        { party: 'merchant', amount: { amount: '570.00' } },
        { party: 'exchange', amount: { amount: '30.00' } },
        { party: 'tax', amount: { amount: '36.00' } },
      ],
      paid_by_buyer: { amount: { amount: '696.10', currency: 'HKD' }, rate: '1.0945', source: 'HKAB 2026-05-29' },
      received_by_merchant: null,
      invoiced_on: '2026-06-01',
      due_on: '2026-07-01',
      payout_on: '2026-07-02',
    });
    expect(body.assumptions).toEqual(
      expect.arrayContaining([
        { name: 'payment_days', value: '30', from: 'default' },
        { name: 'time_zone', value: 'Asia/Shanghai', from: 'offer' },
        { name: 'buyer_rate', value: '1.0945 (HKAB 2026-05-29)', from: 'you' },
      ]),
    );
  });

  it('tries a plan nobody has offered yet, and keeps nothing', async () => {
    const { body } = await simulate(market.merchant, { plan: planV2, months, payment_days: 0 });
    // A trial: all but the credit bought is free.
    expect(body.months[0]).toMatchObject({
      net: { amount: '90.00' },
      credit_left: [{ component_id: 'credit', amount: { amount: '100.00' }, last_period_no: 3 }],
      due_on: '2026-06-01',
    });
  });

  it.each([
    ['neither offer nor plan', { months }, '/offer_id'],
    ['both', { months, plan, offer_id: newId('off') }, '/offer_id'],
    ['no month', { plan, months: [] }, '/months'],
    ['a month that is none', { plan, months: [{ period: '2026-13', usage: [] }] }, '/months/0/period'],
    [
      'usage below zero',
      { plan, months: [{ period: '2026-05', usage: [{ meter: 'calls', quantity: '-1' }] }] },
      '/months/0/usage/0/quantity',
    ],
    [
      'a rate of nothing',
      { plan, months, buyer_rate: { currency: 'HKD', rate: '0', source: 's' } },
      '/buyer_rate/rate',
    ],
    ['a rate from nowhere', { plan, months, buyer_rate: { currency: 'HKD', rate: '1' } }, '/buyer_rate/source'],
  ])('is refused with %s', async (_what, json, pointer) => {
    const { status, body } = await simulate(market.buyer, json);
    expect([status, body.code, body.errors[0]?.pointer]).toEqual([422, 'VALIDATION_FAILED', pointer]);
  });

  it('names in the public form what rating finds', async () => {
    const bad = { ...plan, components: [{ ...plan.components[0], per: '3' }] };
    const { status, body } = await simulate(market.buyer, { plan: bad, months });
    expect([status, body.code, body.errors[0]?.pointer]).toEqual([422, 'PRICE_PLAN_INVALID', '/plan/components/0/per']);
  });
});
