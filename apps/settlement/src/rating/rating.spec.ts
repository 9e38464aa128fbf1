import { describe, expect, it } from '@jest/globals';
import { ratePeriod, sameUsage, type RatingTerms, type UsagePeriod } from './rating.js';

const usage: UsagePeriod = {
  agreementId: 'agr_1',
  period: '2015-05',
  periodId: 'per_1',
  productId: 'prd_1',
  merchantId: 'org_m',
  buyerId: 'org_b',
  totals: [
    { meter: 'calls', quantity: '10000', events: 10_000 },
    { meter: 'bytes', quantity: '2747282505', events: 10_000 },
  ],
  windows: 84,
  closedAt: new Date('2015-06-01T00:00:00Z'),
  state: 'waiting',
};
const terms = {
  merchantId: 'org_m',
  buyerId: 'org_b',
  plan: {
    currency: 'CNY' as const,
    components: [
      { kind: 'flat' as const, id: 'access', amount: '500' },
      { kind: 'per_unit' as const, id: 'calls', meter: 'calls', unitPrice: '0.0123', per: '1' },
    ],
    fee: { exchangeBps: 500, channelBps: 0 },
    tax: { jurisdiction: 'CN' as const, rateBps: 600, mode: 'exclusive' as const },
  },
};
const ratedAt = new Date('2015-06-02T00:00:00Z');
const chargesOf = (of: UsagePeriod, by: RatingTerms = terms) => ratePeriod(of, by, { context: null, ratedAt }).charges;

describe('the charges of a period', () => {
  it('are one per component, in the order of the plan, with the rule they follow', () => {
    expect(
      chargesOf(usage).map(({ lineNo, componentId, quantity, exactAmount, amountMinor, ruleVersion }) => ({
        lineNo,
        componentId,
        quantity,
        exactAmount,
        amountMinor,
        ruleVersion,
      })),
    ).toEqual([
      {
        lineNo: 1,
        componentId: 'access',
        quantity: '1',
        exactAmount: '500',
        amountMinor: 50_000n,
        ruleVersion: 'rating-1',
      },
      {
        lineNo: 2,
        componentId: 'calls',
        quantity: '10000',
        exactAmount: '123',
        amountMinor: 12_300n,
        ruleVersion: 'rating-1',
      },
    ]);
  });

  it('have ids that follow from what they charge for', () => {
    const ids = (of: UsagePeriod): string[] => chargesOf(of).map(({ chargeId }) => chargeId);
    expect(ids(usage)).toEqual(ids({ ...usage, totals: [] }));
    expect(new Set([...ids(usage), ...ids({ ...usage, period: '2015-06' })]).size).toBe(4);
  });
});

describe('a charge beyond this world', () => {
  it('is refused, and says which', () => {
    const dear = {
      ...terms,
      plan: { ...terms.plan, components: [{ kind: 'flat' as const, id: 'f', amount: '10000000000000000.01' }] },
    };
    expect(() => chargesOf(usage, dear)).toThrow(
      'CHARGE_TOO_LARGE: f of agreement agr_1, 2015-05: CNY 10000000000000000.01.',
    );
  });
});

describe('two tellings of usage', () => {
  it('are the same whatever the order of their meters', () => {
    expect(sameUsage(usage, { ...usage, totals: [...usage.totals].reverse(), state: 'rated' })).toBe(true);
  });

  it('are not the same when a quantity or the period’s id differs', () => {
    expect(sameUsage(usage, { ...usage, totals: [{ meter: 'calls', quantity: '10001', events: 10_000 }] })).toBe(false);
    expect(sameUsage(usage, { ...usage, periodId: 'per_2' })).toBe(false);
  });
});
