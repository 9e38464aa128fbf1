import { describe, expect, it } from '@jest/globals';
import type { Offer } from '@hetao/client';
import { metersOf } from '../../kit/price/price.rules.js';
import { privateOfferOf, simulationOf } from './offer.rules.js';

const offer = {
  id: 'off_1',
  product_id: 'prd_1',
  plan: {
    currency: 'CNY',
    components: [
      { kind: 'flat', id: 'access', amount: '10.00' },
      { kind: 'per_unit', id: 'calls', meter: 'calls', unit_price: '0.12', per: '1' },
      { kind: 'tiered', id: 'more', meter: 'calls', mode: 'graduated', per: '1', tiers: [] },
      { kind: 'per_unit', id: 'rows', meter: 'rows', unit_price: '1', per: '1' },
    ],
  },
  buyer_id: null,
} as unknown as Offer;

describe('an offer', () => {
  it('has each meter it prices once', () => {
    expect(metersOf(offer.plan)).toEqual(['calls', 'rows']);
  });

  it('is simulated with what was filled in alone', () => {
    expect(simulationOf(offer, '2026-11', { calls: ' 900 ', rows: '', other: '3' })).toEqual({
      offer_id: 'off_1',
      months: [{ period: '2026-11', usage: [{ meter: 'calls', quantity: '900' }] }],
    });
  });

  it('for one buyer lasts through the whole of its last day in the exchange’s zone', () => {
    const made = privateOfferOf(offer, { buyer_id: ' org_1 ', until: '2026-12-31', prices: { access: '8.00' } });
    expect(made).toMatchObject({ buyer_id: 'org_1', valid_until: '2026-12-31T16:00:00.000Z' });
    expect(made.plan.components[0]).toEqual({ kind: 'flat', id: 'access', amount: '8.00' });
  });
});
