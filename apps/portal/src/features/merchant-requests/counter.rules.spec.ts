import { describe, expect, it } from '@jest/globals';
import type { Offer } from '@hetao/client';
import { asOffered, counterOf } from './counter.rules.js';

const offer = {
  plan: {
    currency: 'CNY',
    components: [
      { kind: 'flat', id: 'access', amount: '18000.00' },
      { kind: 'per_unit', id: 'calls', meter: 'calls', unit_price: '0.12', per: '1' },
      { kind: 'tiered', id: 'files', meter: 'output_files', mode: 'graduated', per: '1', tiers: [] },
    ],
    fee: { exchange_bps: 250, channel_bps: 0 },
    tax: { jurisdiction: 'CN', rate_bps: 600, mode: 'exclusive' },
  },
  policy: { purposes: ['research'], places_of_use: ['HK', 'CN'], onward_use: false, retention_days: 180, odrl: {} },
} as unknown as Offer;

describe('a counter-offer', () => {
  it('that changes nothing is none', () => {
    expect(counterOf(offer, { ...asOffered(offer), note: '  ' })).toBeUndefined();
  });

  it('names the price that changed and keeps every other', () => {
    const values = { ...asOffered(offer), prices: { access: '15000.00', calls: '0.12' } };
    expect(counterOf(offer, values)).toEqual({
      plan: {
        ...offer.plan,
        components: [{ kind: 'flat', id: 'access', amount: '15000.00' }, ...offer.plan.components.slice(1)],
      },
    });
  });

  it('with a narrower policy drops the full one, which would contradict it', () => {
    const values = { ...asOffered(offer), places_of_use: ['HK' as const], note: 'Hong Kong only' };
    expect(counterOf(offer, values)).toEqual({
      note: 'Hong Kong only',
      policy: { purposes: ['research'], places_of_use: ['HK'], onward_use: false, retention_days: 180 },
    });
  });
});
