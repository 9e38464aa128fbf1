import { describe, expect, it } from '@jest/globals';
import { rate, rateV2, type PriceComponentV2, type PricePlan, type PricePlanV2 } from '@hetao/rating';
import { invoice } from '../../locales/en/invoice.js';
import { readStep } from './step.rules.js';

const terms = {
  currency: 'CNY' as const,
  fee: { exchangeBps: 250, channelBps: 0 },
  tax: { jurisdiction: 'CN' as const, rateBps: 600, mode: 'exclusive' as const },
};
const tiered = (mode: 'graduated' | 'volume', last: string) => ({
  ...{ kind: 'tiered' as const, id: `${mode}-${last}`, meter: last, mode, per: '1' },
  tiers: [
    { upTo: '100', unitPrice: '0.5' },
    { upTo: null, unitPrice: '0.1' },
  ],
});
const first: PricePlan = {
  ...terms,
  components: [
    { kind: 'flat', id: 'access', amount: '18000' },
    { kind: 'per_unit', id: 'minutes', meter: 'session_minutes', unitPrice: '3.20', per: '1000' },
    tiered('graduated', 'calls'),
    tiered('volume', 'rows'),
    tiered('volume', 'bytes'),
  ],
};
const components: PriceComponentV2[] = [
  { kind: 'flat', id: 'access', amount: '500', prorate: true },
  { kind: 'package', id: 'packs', meter: 'calls', size: '1000', price: '9.90', included: '500' },
  { kind: 'minimum', id: 'least', amount: '900', prorate: true },
  { kind: 'prepaid', id: 'credit', price: '80', credit: '100', grant: 'once', validPeriods: 2 },
];
const second: PricePlanV2 = { ...terms, version: 2, components, trial: null, parties: [], withholding: null };
const totals = [
  { meter: 'session_minutes', quantity: '7034.5' },
  { meter: 'calls', quantity: '1636' },
  { meter: 'rows', quantity: '50' },
  { meter: 'bytes', quantity: '5000' },
];
const term = { periodNo: 1, activeDays: 17, periodDays: 31, firstRated: true };
const month = (plan: PricePlanV2) => rateV2({ plan, totals, period: '2026-10', term, credits: [] }).charges;

/** Everything rating says of plans with all that plans can hold. */
const ofRating = [
  ...rate({ plan: first, totals, period: '2026-10' }).charges,
  ...month(second),
  ...month({ ...second, trial: { periods: 1 } }),
].flatMap(({ explanation }) => explanation);

/** What settlement adds where a month is corrected (apps/settlement/src/adjustment/adjustment.ts). */
const ofAdjustments = [
  '2026-09 was corrected by cor_1: The buyer was counted twice.\nAs agreed.',
  'before: 636 calls in 2026-09',
  'before: not charged before',
  'after: not charged after',
  'after less before, each rounded: CNY -12.30',
];

describe('a step of rating', () => {
  it('is known whatever the plan holds, and fills every place of its sentence and no other', () => {
    const said = new Set<string>();
    for (const text of [...ofRating, ...ofAdjustments]) {
      for (let step = readStep(text); step !== undefined; step = step.of) {
        said.add(step.word);
        const places = [...invoice.step[step.word].matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
        expect([text, Object.keys(step.values).sort()]).toEqual([
          text,
          places.filter((name) => name !== 'step').sort(),
        ]);
      }
    }
    expect([...said].sort()).toEqual(Object.keys(invoice.step).sort());
    expect(ofRating.filter((text) => readStep(text) === undefined)).toEqual([]);
  });

  it('writes money as the page does and leaves what people wrote as it is', () => {
    expect(readStep('CNY 22508.8, rounded half up: CNY 22508.80')).toEqual({
      word: 'rounded',
      values: { exact: 'CNY 22,508.8', amount: 'CNY 22,508.80' },
    });
    expect(readStep(ofAdjustments[0] ?? '')?.values['reason']).toBe('The buyer was counted twice.\nAs agreed.');
  });

  it('is unknown where the sentence is a new one', () => {
    expect(readStep('a gift of the exchange: CNY 1.00')).toBeUndefined();
    expect(readStep('before: a gift')).toBeUndefined();
  });
});
