import { describe, expect, it } from '@jest/globals';
import type { InvoiceDetail } from '@hetao/client';
import fc from 'fast-check';
import { planToRate, recompute } from './recompute.rules.js';

const wirePlan = {
  currency: 'CNY' as const,
  components: [
    { kind: 'flat' as const, id: 'access', amount: '18000.00' },
    { kind: 'per_unit' as const, id: 'minutes', meter: 'session_minutes', unit_price: '3.20', per: '1' },
    {
      ...{ kind: 'tiered' as const, id: 'calls', meter: 'calls', mode: 'graduated' as const, per: '1' },
      tiers: [
        { up_to: '100', unit_price: '0.5' },
        { up_to: null, unit_price: '0.1' },
      ],
    },
  ],
  fee: { exchange_bps: 250, channel_bps: 0 },
  tax: { jurisdiction: 'CN' as const, rate_bps: 600, mode: 'exclusive' as const },
};

function invoice(
  amounts: readonly string[],
  net: string,
  tax: string,
): Pick<InvoiceDetail, 'lines' | 'period' | 'net' | 'tax'> {
  const line = (component: string, amount: string, index: number, kind: 'charge' | 'tax' = 'charge') => ({
    ...{ line_no: index + 1, kind, charge_id: null, component_id: component, meter: null, quantity: null },
    ...{
      amount: { amount, currency: 'CNY' as const },
      credited: { amount: '0.00', currency: 'CNY' as const },
      disputed: false,
    },
  });
  const ids = ['access', 'minutes', 'calls'];
  return {
    period: '2026-10',
    net: { amount: net, currency: 'CNY' },
    tax: { amount: tax, currency: 'CNY' },
    lines: [...amounts.map((amount, index) => line(ids[index] ?? 'late', amount, index)), line('tax', tax, 3, 'tax')],
  };
}

const totals = [
  { meter: 'session_minutes', quantity: '7034', events: 1 },
  { meter: 'calls', quantity: '636', events: 1 },
];
const plan = planToRate(wirePlan);
if (plan === undefined) throw new Error('a plan of the first form can be rated');

describe('recompute', () => {
  it('comes to the same figures as settlement, tax included', () => {
    const result = recompute(invoice(['18000.00', '22508.80', '103.60'], '40612.40', '2436.74'), plan, totals);
    expect(result).toMatchObject({ same: true, currency: 'CNY' });
    expect(result.lines.map(({ recomputed }) => recomputed)).toEqual(['18000.00', '22508.80', '103.60', '2436.74']);
  });

  it('names the line that is wrong, and no other', () => {
    const result = recompute(invoice(['18000.00', '22508.81', '103.60'], '40612.40', '2436.74'), plan, totals);
    expect(result.same).toBe(false);
    expect(result.lines.filter((line) => line.billed !== line.recomputed).map(({ component }) => component)).toEqual([
      'minutes',
    ]);
  });

  it('says nothing of a line it cannot know', () => {
    const result = recompute(invoice(['18000.00', '22508.80', '103.60', '12.00'], '40624.40', '2437.46'), plan, totals);
    expect(result.lines[3]).toMatchObject({ component: 'late', recomputed: undefined });
    expect(result.same).toBe(true);
  });

  it('whatever the usage, an invoice made of its own figures is the same', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (minutes, calls) => {
        const usage = [
          { meter: 'session_minutes', quantity: String(minutes), events: 1 },
          { meter: 'calls', quantity: String(calls), events: 1 },
        ];
        const blank = recompute(invoice(['0.00', '0.00', '0.00'], '100.00', '6.00'), plan, usage);
        const figures = blank.lines.slice(0, 3).map(({ recomputed }) => recomputed ?? '');
        expect(recompute(invoice(figures, '100.00', '6.00'), plan, usage).same).toBe(true);
      }),
    );
  });
});

it('a plan that hangs on credit of earlier months is not computed again', () => {
  expect(planToRate({ ...wirePlan, version: 2, components: [] })).toBeUndefined();
});
