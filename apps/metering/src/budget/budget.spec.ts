import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal, moneyToDecimal } from '@hetao/kernel';
import type { PricePlan, PricePlanV2 } from '@hetao/rating';
import { usageCost } from '../terms/usage-cost.js';
import { offsetOf } from '../window/calendar.js';
import {
  alertsOf,
  type Budget,
  BudgetBook,
  budgetPeriod,
  type BudgetUse,
  businessMs,
  checkBudget,
  forecastOf,
} from './budget.js';
import { LimitBook } from './limit-book.js';

const budget: Budget = {
  budgetId: 'bud_1',
  agreementId: 'agr_1',
  scope: 'project',
  scopeValue: 'retail',
  measure: { kind: 'quantity', meter: 'calls' },
  strength: 'hard',
  limit: Decimal.of(100),
  cadence: 'month',
  timeZone: 'Asia/Shanghai',
  thresholds: [50, 80],
};
const plan: PricePlan = {
  currency: 'CNY',
  components: [
    { kind: 'flat', id: 'base', amount: '20' },
    {
      kind: 'tiered',
      id: 'calls',
      meter: 'calls',
      mode: 'graduated',
      per: '1',
      tiers: [
        { upTo: '100', unitPrice: '0.10' },
        { upTo: null, unitPrice: '0.05' },
      ],
    },
  ],
  fee: { exchangeBps: 250, channelBps: 0 },
  tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
};
const may = { startMs: Date.parse('2015-04-30T16:00:00Z'), endMs: Date.parse('2015-05-31T16:00:00Z') };
const used = (amount: number, changes: Partial<BudgetUse> = {}): BudgetUse => ({
  budget,
  period: may,
  used: Decimal.of(amount),
  quantities: new Map(),
  alertedPercent: 0,
  isForecastAlerted: false,
  ...changes,
});
const use = (calls: number, project: string | null = 'retail', agreementId = 'agr_1') => ({
  agreementId,
  timeMs: Date.parse('2015-05-17T10:00:00Z'),
  quantities: [{ meter: 'calls', quantity: Decimal.of(calls) }],
  data: JSON.stringify(project === null ? {} : { project }),
});
const atEnd = may.endMs;

describe('a budget', () => {
  it('has periods of a wall clock', () => {
    expect(budgetPeriod(budget, Date.parse('2015-05-17T10:00:00Z'))).toEqual(may);
    const day = budgetPeriod(
      { ...budget, cadence: 'day', timeZone: 'Europe/London' },
      Date.parse('2025-03-30T12:00:00Z'),
    );
    expect(day.endMs - day.startMs).toBe(23 * 3_600_000);
  });

  it('refuses what would pass it when it is hard, of its own project only', () => {
    const book = new LimitBook([], new BudgetBook([used(95)]));
    expect(book.take(use(6))).toMatchObject({ budgetId: 'bud_1' });
    expect(book.take(use(6, 'other'))).toBeUndefined();
    expect(book.take(use(6, null))).toBeUndefined();
    expect(book.take(use(6, 'retail', 'agr_2'))).toBeUndefined();
    expect(book.take(use(5))).toBeUndefined();
    expect(book.budgets.changed().map((one) => one.used.toString())).toEqual(['100']);
  });

  it('takes nothing where a quota is too small, and the quota nothing where it is', () => {
    const quota = {
      agreementId: 'agr_1',
      meter: 'calls',
      limit: Decimal.of(3),
      used: Decimal.zero,
      isExhausted: false,
    };
    const book = new LimitBook([quota], new BudgetBook([used(98)]));
    expect(book.take(use(4))).toMatchObject({ budgetId: 'bud_1' });
    expect(book.changed()).toEqual([]);
    const soft = new LimitBook([quota], new BudgetBook([used(98, { budget: { ...budget, strength: 'soft' } })]));
    expect(soft.take(use(4))?.budgetId).toBeUndefined();
    expect(soft.budgets.changed()).toEqual([]);
    expect(soft.take(use(3))).toBeUndefined();
    expect(soft.budgets.changed()[0]?.used.toString()).toBe('101');
  });

  it('never lets a hard limit be passed, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 40 }), (amounts) => {
        const book = new LimitBook([], new BudgetBook([used(0)]));
        let sum = 0;
        for (const amount of amounts) {
          const isRefused = book.take(use(amount)) !== undefined;
          expect(isRefused).toBe(sum + amount > 100);
          if (!isRefused) sum += amount;
        }
        expect(book.budgets.changed()[0]?.used.toString() ?? '0').toBe(String(sum));
      }),
    );
  });

  it('tells of each threshold once, and of its end', () => {
    const told = (one: BudgetUse) => alertsOf(one, atEnd).alerts.map(({ cause, percent }) => `${cause} ${percent}`);
    expect(told(used(49))).toEqual([]);
    expect(told(used(85))).toEqual(['threshold 50', 'threshold 80']);
    expect(told(used(85, { alertedPercent: 80 }))).toEqual([]);
    expect(told(used(100, { alertedPercent: 80 }))).toEqual(['reached 100']);
    expect(alertsOf(used(85), atEnd).use.alertedPercent).toBe(80);
  });

  it('is forecast by the business days that are over', () => {
    // May 2015 has 21 of them; after Friday the 8th six are over (the 1st was a Friday).
    const offsetAt = offsetOf('Asia/Shanghai') ?? (() => 0);
    expect(businessMs(may, offsetAt) / 86_400_000).toBe(21);
    const saturday = Date.parse('2015-05-09T04:00:00Z');
    expect(forecastOf(used(30), saturday)?.total.toString()).toBe('105');
    expect(alertsOf(used(30), saturday).alerts).toEqual([{ cause: 'forecast', percent: 105 }]);
    expect(alertsOf(used(30, { isForecastAlerted: true }), saturday).alerts).toEqual([]);
    expect(forecastOf(used(0), may.startMs)).toBeUndefined();
    expect(forecastOf(used(77), may.endMs + 1)?.total.toString()).toBe('77');
  });

  it.each([
    ['/meter', { measure: { kind: 'quantity', meter: 'rows' } }],
    ['/currency', { measure: { kind: 'money', currency: 'HKD', plan } }],
    ['/limit', { measure: { kind: 'money', currency: 'CNY', plan }, limit: Decimal.parse('0.001') }],
    ['/limit', { limit: Decimal.zero }],
    ['/scope_value', { scopeValue: null }],
    ['/thresholds', { thresholds: [80, 50] }],
    ['/thresholds', { thresholds: [0] }],
    ['/time_zone', { timeZone: 'Mars' }],
  ] satisfies [string, Partial<Budget>][])('is refused at %s', (pointer, changes) => {
    expect(checkBudget({ ...budget, ...changes }, ['calls'])).toMatchObject({ ok: false, error: { pointer } });
  });
});

describe('a budget in money', () => {
  const spending: Budget = { ...budget, measure: { kind: 'money', currency: 'CNY', plan }, limit: Decimal.of(12) };
  const spent = (amounts: readonly number[]) => {
    const total = { meter: 'calls', quantity: String(amounts.reduce((sum, one) => sum + one, 0)) };
    return moneyToDecimal(usageCost(plan, [total], '2015-05'));
  };

  it('counts what the plan charges for usage, tier by tier, without the fixed fee', () => {
    expect([[0], [100], [100, 1], [300]].map((amounts) => spent(amounts).toString())).toEqual([
      '0',
      '10',
      '10.05',
      '20',
    ]);
    const second: PricePlanV2 = {
      ...plan,
      version: 2,
      components: [
        ...plan.components.filter((component) => component.kind !== 'flat'),
        { kind: 'package', id: 'rows', meter: 'rows', size: '1000', price: '3', included: '0' },
        { kind: 'minimum', id: 'least', amount: '500', prorate: false },
        { kind: 'prepaid', id: 'credit', price: '100', credit: '100', grant: 'once', validPeriods: 12 },
      ],
      trial: { periods: 1 },
      parties: [],
      withholding: null,
    };
    const totals = [
      { meter: 'calls', quantity: '101' },
      { meter: 'rows', quantity: '1001' },
    ];
    expect(usageCost(second, totals, '2015-05')).toEqual({ amountMinor: 1605n, currency: 'CNY' });
    expect(usageCost({ ...plan, components: plan.components.slice(0, 1) }, totals, '2015-05').amountMinor).toBe(0n);
  });

  it('never lets a hard limit be passed, refuses nothing that fits, and gives back what a correction takes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 30 }), (amounts) => {
        const book = new LimitBook([], new BudgetBook([{ ...used(0), budget: spending }]));
        const taken: number[] = [];
        for (const amount of amounts) {
          const isRefused = book.take(use(amount)) !== undefined;
          const isOver = spent([...taken, amount]).compare(spending.limit) > 0;
          expect(isRefused).toBe(isOver);
          if (!isRefused) taken.push(amount);
        }
        const [after] = book.budgets.changed();
        expect(after?.used.toString() ?? '0').toBe(spent(taken).toString());
        for (const amount of taken) book.budgets.take(use(amount), -1);
        expect(book.budgets.changed()[0]?.used.toString() ?? '0').toBe('0');
      }),
    );
  });

  it('is not touched by usage that the plan does not price', () => {
    const rows = { ...use(0), quantities: [{ meter: 'rows', quantity: Decimal.of(1_000_000) }] };
    const book = new BudgetBook([{ ...used(0), budget: spending }]);
    book.take(rows);
    expect(book.changed()).toEqual([]);
  });
});
