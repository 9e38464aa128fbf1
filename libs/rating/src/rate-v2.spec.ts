import { describe, expect, it } from '@jest/globals';
import { currencyDigits, type Currency } from '@hetao/kernel';
import fc from 'fast-check';
import type { CreditLot } from './credit.js';
import type { PriceComponentV2, PricePlanV2 } from './price-plan-v2.js';
import type { PeriodTerm } from './charge-v2.js';
import { rateV2, type RatedUsageV2 } from './rate-v2.js';
import { termOf } from './term.js';

const planOf = (components: PriceComponentV2[], more: Partial<PricePlanV2> = {}): PricePlanV2 => ({
  version: 2,
  currency: 'CNY',
  components,
  trial: null,
  fee: { exchangeBps: 500, channelBps: 300 },
  parties: [],
  withholding: null,
  tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
  ...more,
});
const whole: PeriodTerm = { periodNo: 1, activeDays: 31, periodDays: 31, firstRated: true };
const later = (periodNo: number): PeriodTerm => ({ ...whole, periodNo, firstRated: false });
const calls: PriceComponentV2 = { kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.1', per: '1' };
const prepaid: PriceComponentV2 = {
  kind: 'prepaid',
  id: 'credit',
  price: '80',
  credit: '100',
  grant: 'once',
  validPeriods: 2,
};

function rateCalls(
  plan: PricePlanV2,
  quantity: string,
  term = whole,
  credits: readonly CreditLot[] = [],
): RatedUsageV2 {
  return rateV2({ plan, totals: [{ meter: 'calls', quantity }], period: '2015-05', term, credits });
}
const lines = ({ charges }: RatedUsageV2): unknown[] =>
  charges.map(({ componentId, amount, amountMinor }) => [componentId, amount, amountMinor]);

describe('plans of the second form', () => {
  it('charge packages that were begun, after what is included', () => {
    const plan = planOf([
      { kind: 'package', id: 'packs', meter: 'calls', size: '1000', price: '9.90', included: '500' },
    ]);
    const cost = (quantity: string) => rateCalls(plan, quantity).charges[0]?.amountMinor;
    expect(['0', '500', '500.5', '1500', '1501'].map(cost)).toEqual([0n, 0n, 990n, 990n, 1980n]);
    expect(rateCalls(plan, '1501').charges[0]?.explanation).toEqual([
      '1501 calls in 2015-05, 500 of them included',
      '1001 in packages of 1000: 2 begun at CNY 9.90',
      'CNY 19.8, rounded half up: CNY 19.80',
    ]);
  });

  it('charge part periods by the day, rounded once from the exact quotient', () => {
    const plan = planOf([{ kind: 'flat', id: 'access', amount: '500', prorate: true }]);
    const rated = rateCalls(plan, '0', { ...whole, activeDays: 17 });
    expect(lines(rated)).toEqual([['access', '274.193548387097', 27_419n]]);
    expect(rated.charges[0]?.explanation).toContain('by the day: 17 of 31 days');
    expect(lines(rateCalls(plan, '0'))).toEqual([['access', '500', 50_000n]]);
  });

  it('top usage up to the minimum to the fen, and not beyond', () => {
    const plan = planOf([calls, { kind: 'minimum', id: 'least', amount: '100', prorate: false }]);
    expect(lines(rateCalls(plan, '333.333'))).toEqual([
      ['calls', '33.3333', 3_333n],
      ['least', '66.67', 6_667n],
    ]);
    expect(lines(rateCalls(plan, '1000.1'))).toEqual([
      ['calls', '100.01', 10_001n],
      ['least', '0', 0n],
    ]);
  });

  it('draw prepaid credit down across periods until it expires', () => {
    const plan = planOf([calls, prepaid]);
    const first = rateCalls(plan, '300');
    expect(lines(first)).toEqual([
      ['calls', '30', 3_000n],
      ['credit', '80', 8_000n],
      ['credit:drawdown', '-30.00', -3_000n],
    ]);
    expect(first.credits).toEqual([{ componentId: 'credit', grantedIn: 1, lastIn: 2, leftMinor: 7_000n }]);
    const second = rateCalls(plan, '400', later(2), first.credits);
    expect(lines(second)).toEqual([
      ['calls', '40', 4_000n],
      ['credit:drawdown', '-40.00', -4_000n],
    ]);
    expect(second).toMatchObject({ credits: [], expired: [{ leftMinor: 3_000n }] });
    const third = rateCalls(plan, '400', later(3), second.credits);
    expect(lines(third)).toEqual([['calls', '40', 4_000n]]);
  });

  it('use what ends first before what was bought later', () => {
    const plan = planOf([calls, { ...prepaid, grant: 'each_period', validPeriods: 3 }]);
    const credits = [{ componentId: 'credit', grantedIn: 1, lastIn: 3, leftMinor: 1_000n }];
    const rated = rateCalls(plan, '500', later(2), credits);
    expect(rated.credits).toEqual([{ componentId: 'credit', grantedIn: 2, lastIn: 4, leftMinor: 6_000n }]);
    expect(rated.net.amountMinor).toBe(8_000n);
  });

  it('charge nothing but prepaid credit on trial, and leave the credit alone', () => {
    const plan = planOf([calls, { kind: 'flat', id: 'access', amount: '500', prorate: false }, prepaid], {
      trial: { periods: 1 },
    });
    const rated = rateCalls(plan, '300');
    expect(rated.net.amountMinor).toBe(8_000n);
    expect(lines(rated).at(-1)).toEqual(['trial', '-530', -53_000n]);
    expect(rated.credits[0]?.leftMinor).toBe(10_000n);
    expect(rateCalls(plan, '300', later(2)).net.amountMinor).toBe(53_000n);
  });

  it.each([
    [
      'a second minimum',
      planOf([0, 1].map((n) => ({ kind: 'minimum', id: `m${n}`, amount: '1', prorate: false }))),
      '/components/1',
    ],
    [
      'a package of nothing',
      planOf([{ kind: 'package', id: 'p', meter: 'calls', size: '0', price: '1', included: '0' }]),
      '/components/0/size',
    ],
    ['credit below a fen', planOf([{ ...prepaid, credit: '0.001' }]), '/components/0/credit'],
    ['credit that is never valid', planOf([{ ...prepaid, validPeriods: 0 }]), '/components/0/validPeriods'],
    ['a trial without end', planOf([calls], { trial: { periods: Infinity } }), '/trial/periods'],
    [
      'a party twice',
      planOf([calls], { parties: [1, 2].map((bps) => ({ role: 'source', participantId: 'par_1', bps })) }),
      '/parties/1',
    ],
    [
      'parties that take more than all',
      planOf([calls], { parties: [{ role: 'body', participantId: 'par_1', bps: 9_201 }] }),
      '/parties',
    ],
    [
      'withholding of more than all',
      planOf([calls], { withholding: { jurisdiction: 'CN', rateBps: 10_001 } }),
      '/withholding/rateBps',
    ],
  ] as [string, PricePlanV2, string][])('are refused with %s', (_case, plan, pointer) => {
    expect(() => rateCalls(plan, '1')).toThrow(`PRICE_PLAN_INVALID: ${pointer}`);
  });

  it.each([
    { periodNo: 0, activeDays: 1, periodDays: 31, firstRated: true },
    { periodNo: 1, activeDays: 32, periodDays: 31, firstRated: true },
    { periodNo: 1, activeDays: -1, periodDays: 31, firstRated: true },
    { periodNo: 1, activeDays: 0.5, periodDays: 31, firstRated: true },
  ])('are refused in a period that is none: %j', (term) => {
    expect(() => rateCalls(planOf([calls]), '1', term)).toThrow('RATING_TERM_INVALID');
  });
});

describe('a period in its agreement', () => {
  const inForce = { from: new Date('2015-05-14T16:00:00Z'), until: new Date('2015-07-10T16:00:00Z') };

  it('counts days of the agreement’s zone', () => {
    expect(termOf('2015-05', inForce, 'Asia/Shanghai')).toEqual({ periodNo: 1, activeDays: 17, periodDays: 31 });
    expect(termOf('2015-05', inForce, 'Europe/London')).toEqual({ periodNo: 1, activeDays: 18, periodDays: 31 });
    expect(termOf('2015-06', inForce, 'Asia/Shanghai')).toEqual({ periodNo: 2, activeDays: 30, periodDays: 30 });
    expect(termOf('2015-07', inForce, 'Asia/Shanghai')).toEqual({ periodNo: 3, activeDays: 10, periodDays: 31 });
    expect(termOf('2015-08', inForce, 'Asia/Shanghai').activeDays).toBe(0);
  });

  it('knows leap days and the turn of the year', () => {
    const long = { from: new Date('2015-12-31T00:00:00Z'), until: new Date('2020-01-01T00:00:00Z') };
    expect(termOf('2016-02', long, 'UTC')).toEqual({ periodNo: 3, activeDays: 29, periodDays: 29 });
    expect(termOf('2015-12', long, 'UTC').activeDays).toBe(1);
  });

  it('adds up to the days of the agreement, however it lies', () => {
    const day = 86_400_000;
    const start = Date.UTC(2015, 0, 1);
    fc.assert(
      fc.property(fc.nat(400), fc.integer({ min: 1, max: 500 }), (offset, length) => {
        const from = new Date(start + offset * day);
        const until = new Date(from.getTime() + length * day);
        let days = 0;
        for (let month = 0; month < 36; month += 1) {
          const name = `${2015 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
          days += termOf(name, { from, until }, 'UTC').activeDays;
        }
        expect(days).toBe(length);
      }),
      { numRuns: 30 },
    );
  });
});

describe('rating against a plain model of fractions', () => {
  const six = (units: bigint): string => {
    const digits = units.toString().padStart(7, '0');
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  };
  /** Half up of n ÷ d, both above or at zero. */
  const rounded = (n: bigint, d: bigint): bigint => (2n * n + d) / (2n * d);
  const model = fc.record({
    currency: fc.constantFrom<Currency>('CNY', 'VND', 'USD'),
    flat: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    unit: fc.bigInt({ min: 0n, max: 10n ** 9n }),
    pack: fc.bigInt({ min: 0n, max: 10n ** 10n }),
    size: fc.bigInt({ min: 1n, max: 5000n }),
    included: fc.bigInt({ min: 0n, max: 5000n }),
    least: fc.bigInt({ min: 0n, max: 10n ** 13n }),
    credit: fc.bigInt({ min: 1n, max: 10n ** 6n }),
    quantity: fc.bigInt({ min: 0n, max: 10n ** 6n }),
    days: fc.integer({ min: 0, max: 31 }),
    trial: fc.boolean(),
  });

  it('gives the same minor units for every kind of component at once', () => {
    fc.assert(
      fc.property(model, (m) => {
        const scale = 10n ** BigInt(6 - currencyDigits[m.currency]);
        const plan = planOf(
          [
            { kind: 'flat', id: 'flat', amount: six(m.flat), prorate: true },
            { kind: 'per_unit', id: 'unit', meter: 'calls', unitPrice: six(m.unit), per: '1' },
            {
              kind: 'package',
              id: 'pack',
              meter: 'calls',
              size: m.size.toString(),
              price: six(m.pack),
              included: m.included.toString(),
            },
            { kind: 'minimum', id: 'least', amount: six(m.least), prorate: true },
            { kind: 'prepaid', id: 'pre', price: '0', credit: m.credit.toString(), grant: 'once', validPeriods: 2 },
          ],
          { currency: m.currency, trial: m.trial ? { periods: 1 } : null },
        );
        const term = { ...whole, activeDays: m.days };
        const rated = rateCalls(plan, m.quantity.toString(), term);

        const flat = rounded(m.flat * BigInt(m.days), 31n * scale);
        const unit = rounded(m.unit * m.quantity, scale);
        const beyond = m.quantity > m.included ? m.quantity - m.included : 0n;
        const pack = rounded(((beyond + m.size - 1n) / m.size) * m.pack, scale);
        const least = rounded(m.least * BigInt(m.days), 31n * scale);
        const topUp = least > unit + pack ? least - unit - pack : 0n;
        const credit = m.credit * 10n ** BigInt(currencyDigits[m.currency]);
        const drawn = credit < unit + pack ? credit : unit + pack;
        const expected = m.trial ? 0n : flat + unit + pack + topUp - drawn;
        expect(rated.net.amountMinor).toBe(expected);
        expect(rated.credits.reduce((sum, { leftMinor }) => sum + leftMinor, 0n)).toBe(
          m.trial ? credit : credit - drawn,
        );
      }),
    );
  });
});
