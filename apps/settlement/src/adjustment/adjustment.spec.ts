import { describe, expect, it } from '@jest/globals';
import { rateAny, type AnyPricePlan, type RatingContext } from '@hetao/rating';
import fc from 'fast-check';
import { creditLines, differencesOf, netOf, type AdjustmentBasis } from './adjustment.js';

const fee = { exchangeBps: 500, channelBps: 0 };
const tax = { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' } as const;
const tiered = {
  kind: 'tiered' as const,
  id: 'traffic',
  meter: 'bytes',
  per: '1000',
  tiers: [
    { upTo: '5000', unitPrice: '0.08' },
    { upTo: null, unitPrice: '0.051' },
  ],
};
const plain: AnyPricePlan = {
  currency: 'CNY',
  components: [
    { kind: 'flat', id: 'access', amount: '500' },
    { kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.0123', per: '1' },
    { ...tiered, mode: 'graduated' },
  ],
  fee,
  tax,
};
const withMinimum = (trial: number | null): AnyPricePlan => ({
  version: 2,
  currency: 'CNY',
  components: [
    { kind: 'package', id: 'calls', meter: 'calls', size: '7', price: '0.05', included: '100' },
    { ...tiered, mode: 'volume' },
    { kind: 'minimum', id: 'least', amount: '20', prorate: true },
  ],
  trial: trial === null ? null : { periods: trial },
  fee,
  parties: [],
  withholding: null,
  tax,
});
const context: RatingContext = {
  term: { periodNo: 2, activeDays: 17, periodDays: 31, firstRated: false },
  credits: [],
};
const count = (calls: number, bytes: number) => [
  { meter: 'calls', quantity: (calls / 10).toFixed(1), events: 1 },
  { meter: 'bytes', quantity: String(bytes), events: 1 },
];
const counts = fc.tuple(fc.nat(30_000), fc.nat(12_000)).map(([calls, bytes]) => count(calls, bytes));
const plans = fc.constantFrom(plain, withMinimum(null), withMinimum(1), withMinimum(2));
const basisOf = (plan: AnyPricePlan, basis: Partial<AdjustmentBasis>): AdjustmentBasis => ({
  plan,
  originalPeriod: '2015-05',
  before: [],
  after: [],
  inCount: true,
  context,
  ...basis,
});

describe('the difference of a corrected month', () => {
  it('and the month as it was charged are exactly the month as it is counted now, whatever the plan', () => {
    fc.assert(
      fc.property(plans, counts, counts, (plan, before, after) => {
        const net = (totals: typeof before) => rateAny(plan, { totals, period: '2015-05' }, context).net.amountMinor;
        const differences = differencesOf(basisOf(plan, { before, after }));
        expect(net(before) + netOf(differences)).toBe(net(after));
        const back = differencesOf(basisOf(plan, { before: after, after: before }));
        expect(netOf(back)).toBe(-netOf(differences));
      }),
    );
  });

  it('is all of the month when it was charged nothing, and nothing when it stays without usage', () => {
    const after = count(100, 100);
    const whole = rateAny(plain, { totals: after, period: '2015-05' }, null).net.amountMinor;
    expect(netOf(differencesOf(basisOf(plain, { after, inCount: false })))).toBe(whole);
    expect(differencesOf(basisOf(plain, { inCount: false }))).toEqual([]);
  });

  it('leaves credit bought ahead as it was drawn: usage is charged in money', () => {
    const prepaid = withMinimum(null);
    if (!('version' in prepaid)) throw new Error('of the second form');
    const plan: AnyPricePlan = {
      ...prepaid,
      components: [
        { kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '1', per: '1' },
        { kind: 'prepaid', id: 'pot', price: '80', credit: '100', grant: 'each_period', validPeriods: 1 },
      ],
    };
    const differences = differencesOf(basisOf(plan, { before: count(100, 0), after: count(120, 0) }));
    expect(differences.map(({ componentId, amountMinor }) => [componentId, amountMinor])).toEqual([['calls', 200n]]);
  });
});

describe('what is given back', () => {
  const lines = fc.array(
    fc.record({ componentId: fc.constantFrom('a', 'b', 'c', 'd'), leftMinor: fc.bigInt(-50n, 1_000n) }),
    { minLength: 1, maxLength: 6 },
  );
  const changes = fc.uniqueArray(
    fc.record({ componentId: fc.constantFrom('a', 'b', 'c'), amountMinor: fc.bigInt(-900n, 300n) }),
    { selector: ({ componentId }) => componentId, minLength: 1 },
  );

  it('is laid on lines that have as much left, to the last unit, or not at all', () => {
    fc.assert(
      fc.property(lines, changes, (given, changed) => {
        const differences = changed.map((one) => ({ ...one, exactAmount: '0', steps: [], ruleVersion: 'rating-1' }));
        fc.pre(netOf(differences) < 0n);
        const numbered = given.map((line, index) => ({ ...line, lineNo: index + 1 }));
        const room = given.reduce((sum, { leftMinor }) => (leftMinor > 0n ? sum + leftMinor : sum), 0n);
        const taken = creditLines(numbered, differences);
        expect(taken === undefined).toBe(room < -netOf(differences));
        if (taken === undefined) return;
        expect(taken.reduce((sum, { netMinor }) => sum + netMinor, 0n)).toBe(-netOf(differences));
        for (const { lineNo, netMinor } of taken) {
          expect(netMinor).toBeGreaterThan(0n);
          expect(netMinor).toBeLessThanOrEqual(numbered[lineNo - 1]?.leftMinor ?? 0n);
        }
      }),
    );
  });
});
