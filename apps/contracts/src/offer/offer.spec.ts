import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import type { PricePlanV2 } from '@hetao/rating';
import { buyer, day, merchant, plan, planV2, product, terms } from '../../test/sample-terms.js';
import {
  isOfferedTo,
  offerTransitions,
  publishOffer,
  requireOpen,
  withdrawOffer,
  type Offer,
  type OfferTerms,
} from './offer.js';
import { pricePlanDto, toPlan } from './price-plan.dto.js';
import { publicPlan, publicPointer, publicTerms } from './public-terms.js';
import { inFirstForm } from './terms.js';

const publish = (change: Partial<OfferTerms> = {}) =>
  publishOffer({ id: 'off_1', merchant, product, terms: { ...terms, ...change } }, day(0));

const published = unwrap(publish());
const inStatus: Record<Offer['status'], Offer> = {
  published,
  withdrawn: { ...published, status: 'withdrawn', withdrawnAt: day(1) },
};

describe('publishing an offer', () => {
  it('binds the merchant to the terms, for the version that is listed', () => {
    expect(published).toEqual({
      ...terms,
      id: 'off_1',
      productId: 'prd_1',
      productVersion: 4,
      merchantId: 'org_merchant',
      status: 'published',
      publishedAt: day(0),
      withdrawnAt: null,
    });
  });

  it('is for the merchant’s own product only', () => {
    expect(publishOffer({ id: 'off_1', merchant: buyer, product, terms }, day(0))).toMatchObject({
      error: { code: 'OFFER_PRODUCT_FOREIGN', kind: 'forbidden' },
    });
  });

  it.each<[string, Partial<OfferTerms>, string, string]>([
    ['is over at once', { validUntil: day(0) }, 'OFFER_TERM_INVALID', '/valid_until'],
    ['ends before it begins', { term: { from: day(20), until: day(20) } }, 'OFFER_TERM_INVALID', '/term/until'],
    ['is for a term in the past', { term: { from: day(-9), until: day(0) } }, 'OFFER_TERM_INVALID', '/term/until'],
    ['has a quota of nothing', { quota: { meter: 'calls', limit: '0.0' } }, 'OFFER_QUOTA_INVALID', '/quota/limit'],
    ['names a partner it does not pay', { channelPartnerId: 'org_c' }, 'OFFER_CHANNEL_MISMATCH', '/channel_partner_id'],
    [
      'pays a partner it does not name',
      { plan: { ...plan, fee: { exchangeBps: 500, channelBps: 100 } } },
      'OFFER_CHANNEL_MISMATCH',
      '/channel_partner_id',
    ],
    [
      'pays the merchant as his own partner',
      { plan: { ...plan, fee: { exchangeBps: 500, channelBps: 100 } }, channelPartnerId: 'org_merchant' },
      'OFFER_CHANNEL_MISMATCH',
      '/channel_partner_id',
    ],
    ['allows nothing', { policy: { ...terms.policy, purposes: [] } }, 'POLICY_INVALID', '/policy/purposes'],
    ['counts by a zone there is not', { timeZone: 'Asia/Nowhere' }, 'OFFER_ZONE_UNKNOWN', '/time_zone'],
    [
      'renews itself before anybody could decline',
      { noticeDays: 90, renewal: { months: 1, times: 1 } },
      'OFFER_NOTICE_INVALID',
      '/notice_days',
    ],
    ['is made to its own maker', { buyerId: 'org_merchant' }, 'OFFER_BUYER_INVALID', '/buyer_id'],
    [
      'has a plan of the second form that cannot be rated',
      { plan: { ...planV2, trial: { periods: 0 } } },
      'PRICE_PLAN_INVALID',
      '/trial/periods',
    ],
    ['cannot be rated', { plan: { ...plan, components: [] } }, 'PRICE_PLAN_INVALID', '/components'],
  ])('is refused when it %s', (_why, change, code, pointer) => {
    expect(publish(change)).toMatchObject({ ok: false, error: { code, pointer } });
  });

  it('may be for a term that has begun, and may pay a channel partner', () => {
    expect(publish({ term: { from: day(-4000), until: day(1) } }).ok).toBe(true);
    const paid = { ...plan, fee: { exchangeBps: 500, channelBps: 100 } };
    expect(publish({ plan: paid, channelPartnerId: 'org_channel' }).ok).toBe(true);
  });
});

describe('what only the second form of a plan can say', () => {
  const same: PricePlanV2 = {
    ...{ version: 2, currency: 'CNY', fee: plan.fee, tax: plan.tax, trial: null, parties: [], withholding: null },
    components: [
      { kind: 'flat', id: 'base', amount: '100.00', prorate: false },
      { kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.05', per: '1' },
    ],
  };

  it('is not said in the first at all', () => {
    expect(inFirstForm(plan)).toBe(plan);
    expect(inFirstForm(same)).toEqual({ ...plan, components: plan.components.slice(0, 2) });
    const base = same.components[0] as PricePlanV2['components'][number];
    const others: Partial<PricePlanV2>[] = [
      { trial: { periods: 1 } },
      { parties: [{ role: 'source', participantId: 'org_s', bps: 100 }] },
      { withholding: { jurisdiction: 'CN', rateBps: 1000 } },
      ...planV2.components
        .filter(({ kind }) => kind === 'package' || kind === 'minimum' || kind === 'prepaid')
        .map((component) => ({ components: [base, component] })),
      { components: [{ kind: 'flat', id: 'base', amount: '1', prorate: true }] },
    ];
    expect(others).toHaveLength(7);
    for (const change of others) expect(inFirstForm({ ...same, ...change })).toBeNull();
  });
});

describe('an offer to one buyer', () => {
  it('is made to him alone', () => {
    const secret = unwrap(publish({ buyerId: 'org_buyer' }));
    expect([isOfferedTo(secret, 'org_buyer'), isOfferedTo(secret, 'org_other')]).toEqual([true, false]);
    expect(isOfferedTo(published, 'org_other')).toBe(true);
  });
});

describe('every status × command', () => {
  it.each(offerTransitions.states)('%s × withdraw → withdrawn', (status) => {
    const before = inStatus[status];
    const outcome = withdrawOffer(before, day(2));
    if (status === 'withdrawn') expect(outcome).toEqual({ offer: before, changed: false });
    else expect(outcome).toMatchObject({ changed: true, offer: { status: 'withdrawn', withdrawnAt: day(2) } });
  });
});

describe('whether an offer binds', () => {
  it('is asked of the time: until just before valid_until', () => {
    expect(requireOpen(published, new Date(day(30).getTime() - 1)).ok).toBe(true);
    expect(requireOpen(published, day(30))).toMatchObject({ error: { code: 'OFFER_EXPIRED' } });
    expect(requireOpen(inStatus.withdrawn, day(2))).toMatchObject({ error: { code: 'OFFER_WITHDRAWN' } });
  });
});

describe('the public form', () => {
  it('says every term', () => {
    expect(publicTerms(published)).toEqual({
      plan: {
        currency: 'CNY',
        components: [
          { kind: 'flat', id: 'base', amount: '100.00' },
          { kind: 'per_unit', id: 'calls', meter: 'calls', unit_price: '0.05', per: '1' },
          {
            kind: 'tiered',
            id: 'volume',
            meter: 'bytes',
            mode: 'graduated',
            per: '1000000',
            tiers: [
              { up_to: '1000000000', unit_price: '0.20' },
              { up_to: null, unit_price: '0.10' },
            ],
          },
        ],
        fee: { exchange_bps: 500, channel_bps: 0 },
        tax: { jurisdiction: 'CN', rate_bps: 600, mode: 'exclusive' },
      },
      policy: {
        purposes: ['research', 'teaching'],
        places_of_use: ['HK', 'MO'],
        onward_use: false,
        retention_days: 365,
      },
      quota: { meter: 'calls', limit: '10000' },
      time_zone: 'Asia/Shanghai',
      notice_days: 0,
      renewal: null,
      channel_partner_id: null,
    });
  });

  it('of a plan of the second form comes back as the same plan', () => {
    const told: unknown = JSON.parse(JSON.stringify(publicPlan(planV2)));
    expect(toPlan(pricePlanDto.parse(told))).toEqual(planV2);
    expect(toPlan(pricePlanDto.parse(publicPlan(plan)))).toEqual(plan);
  });

  it('points where the public form has what rating found', () => {
    expect(publicPointer('/components/2/tiers/0/upTo')).toBe('/plan/components/2/tiers/0/up_to');
    expect(publicPointer('/fee/exchangeBps')).toBe('/plan/fee/exchange_bps');
  });
});
