import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatMoney, sumMoney, unwrap } from '@hetao/kernel';
import { plan, planV2 } from '../../test/sample-terms.js';
import { simulate, type MonthOfUsage, type SimulationInput } from './simulation.js';

const input: SimulationInput = {
  plan,
  timeZone: 'Asia/Shanghai',
  inForce: null,
  channelPresent: false,
  months: [{ period: '2026-03', usage: [{ meter: 'calls', quantity: '1000' }] }],
  buyerRate: null,
  merchantRate: null,
  paymentDays: 30,
  payoutDays: 1,
};
const run = (change: Partial<SimulationInput> = {}) => unwrap(simulate({ ...input, ...change }));
const calls = (period: string, quantity: string): MonthOfUsage => ({ period, usage: [{ meter: 'calls', quantity }] });

describe('a simulated month', () => {
  it('is priced, taxed and divided by the rules of the invoices', () => {
    const { months, rules } = run();
    const [march] = months;
    // 100.00 and 1000 calls at 0.05; 5 % to the exchange; 6 % tax on top.
    expect(march?.charges.map(({ componentId, amountMinor }) => [componentId, amountMinor])).toEqual([
      ['base', 10_000n],
      ['calls', 5_000n],
      ['volume', 0n],
    ]);
    expect([march?.net, march?.tax, march?.gross].map((amount) => amount && formatMoney(amount))).toEqual([
      '150.00',
      '9.00',
      '159.00',
    ]);
    expect(march?.split.parts.map(({ party, amount }) => [party, amount.amountMinor])).toEqual([
      ['merchant', 14_250n],
      ['exchange', 750n],
      ['tax', 900n],
    ]);
    expect(rules).toEqual({ rating: 'rating-1', tax: 'tax-total-half-up-1', split: 'split-1' });
  });

  it('is invoiced after its end, paid and paid out the days after that were said, over the year’s end as well', () => {
    expect(run({ paymentDays: 15, payoutDays: 2 }).months[0]).toMatchObject({
      invoicedOn: '2026-04-01',
      dueOn: '2026-04-16',
      payoutOn: '2026-04-18',
    });
    expect(run({ months: [calls('2026-12', '1')] }).months[0]).toMatchObject({
      invoicedOn: '2027-01-01',
      dueOn: '2027-01-31',
      payoutOn: '2027-02-01',
    });
  });

  it('is told in other currencies at the rates that were stated, and names them', () => {
    const buyerRate = { currency: 'HKD' as const, rate: '1.0945', source: 'HKAB 2026-03-31' };
    const merchantRate = { currency: 'VND' as const, rate: '3512.5', source: 'SBV' };
    const [march] = run({ buyerRate, merchantRate }).months;
    // 159.00 × 1.0945 = 174.0255; 142.50 × 3512.5 = 500,531.25, of a currency without a minor unit.
    expect(march?.paid).toEqual({ amount: { amountMinor: 17_403n, currency: 'HKD' }, at: buyerRate });
    expect(march?.received).toEqual({ amount: { amountMinor: 500_531n, currency: 'VND' }, at: merchantRate });
  });

  it('without usage is charged nothing, as in an invoice', () => {
    expect(run({ months: [{ period: '2026-03', usage: [] }] })).toMatchObject({ gross: { amountMinor: 0n } });
  });
});

describe('months of a plan of the second form', () => {
  const months = [calls('2026-03', '100'), { period: '2026-04', usage: [] }, calls('2026-05', '30000')];
  const { months: told } = run({ plan: planV2, months });

  it('begin with a trial, and carry credit over months without usage', () => {
    // Credit of 1000 bought for 900 in the first month rated; all else of the trial is free.
    expect(told[0]?.net.amountMinor).toBe(90_000n);
    expect(told[0]?.credits).toMatchObject([{ componentId: 'credit', leftMinor: 100_000n }]);
    expect(told[1]).toMatchObject({ net: { amountMinor: 0n }, credits: [{ leftMinor: 100_000n }] });
    // 310 base, 1500 for calls, of which credit pays 1000; the minimum of 1000 is reached.
    expect(told[2]?.net.amountMinor).toBe(31_000n + 150_000n - 100_000n);
    expect(told[2]?.credits).toEqual([]);
  });

  it('charge part periods by the days the agreement is in force', () => {
    const inForce = { from: new Date('2026-03-16T00:00:00+08:00'), until: new Date('2027-03-16T00:00:00+08:00') };
    const free = { ...planV2, trial: null };
    const [march] = run({ plan: free, inForce, months: [calls('2026-03', '1')] }).months;
    // 310 for 31 days: 160 for the sixteen from the 16th on.
    expect(march?.charges.find(({ componentId }) => componentId === 'base')?.amountMinor).toBe(16_000n);
  });
});

describe('what cannot be simulated', () => {
  it.each([
    ['no month', [], '/months'],
    ['a month twice', [calls('2026-03', '1'), calls('2026-03', '1')], '/months/1/period'],
    ['months backwards', [calls('2026-03', '1'), calls('2026-02', '1')], '/months/1/period'],
    [
      'a meter twice',
      [{ period: '2026-03', usage: [...calls('', '1').usage, ...calls('', '2').usage] }],
      '/months/0/usage/1/meter',
    ],
  ])('is refused: %s', (_what, months, pointer) => {
    expect(simulate({ ...input, months })).toMatchObject({ error: { code: 'SIMULATION_MONTHS_INVALID', pointer } });
  });

  it('is refused with what rating finds: a plan that cannot be rated', () => {
    expect(simulate({ ...input, plan: { ...plan, components: [] } })).toMatchObject({
      error: { code: 'PRICE_PLAN_INVALID' },
    });
  });
});

describe('any simulation', () => {
  it('divides every month to the last unit, and adds months up to its totals', () => {
    const quantities = fc.array(fc.integer({ min: 0, max: 2_000_000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(quantities, fc.boolean(), (months, second) => {
        const simulation = run({
          plan: second ? planV2 : plan,
          months: months.map((quantity, index) => calls(`2026-0${index + 1}`, String(quantity))),
        });
        for (const { split, gross } of simulation.months) {
          const shared = sumMoney(
            'CNY',
            split.parts.map(({ amount }) => amount),
          );
          expect(shared).toEqual(gross);
        }
        const all = sumMoney(
          'CNY',
          simulation.months.map(({ gross }) => gross),
        );
        expect(all).toEqual(simulation.gross);
      }),
    );
  });
});
