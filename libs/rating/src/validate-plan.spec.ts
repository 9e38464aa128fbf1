import { describe, expect, it } from '@jest/globals';
import type { PriceComponent, PricePlan, PriceTier } from './price-plan.js';
import { validatePlan } from './validate-plan.js';

const base: PricePlan = {
  currency: 'HKD',
  components: [{ kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.01', per: '1' }],
  fee: { exchangeBps: 500, channelBps: 300 },
  tax: { jurisdiction: 'HK', rateBps: 0, mode: 'exclusive' },
};
const withComponents = (...components: PriceComponent[]): PricePlan => ({ ...base, components });
const perUnit = (change: Partial<{ id: string; meter: string; unitPrice: string; per: string }>): PricePlan =>
  withComponents({ kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.01', per: '1', ...change });
const tiered = (...tiers: PriceTier[]): PricePlan =>
  withComponents({ kind: 'tiered', id: 't', meter: 'bytes', mode: 'volume', per: '1000', tiers });

/** `pointer CODE` of every fault. */
function faults(plan: PricePlan): string[] {
  const result = validatePlan(plan);
  return result.ok ? [] : (result.error.items ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('validatePlan', () => {
  it.each([
    ['per unit', base],
    ['free', withComponents({ kind: 'flat', id: 'free', amount: '0' })],
    ['one tier', tiered({ upTo: null, unitPrice: '1' })],
    [
      'fractional tiers',
      tiered({ upTo: '0.5', unitPrice: '1' }, { upTo: '0.75', unitPrice: '1' }, { upTo: null, unitPrice: '0' }),
    ],
    ['per mebibyte', perUnit({ per: '1048576' })],
    ['per half', perUnit({ per: '0.5' })],
    ['fees that take all', { ...base, fee: { exchangeBps: 9_000, channelBps: 1_000 } }],
  ])('accepts a plan that is %s', (_case, plan) => {
    expect(validatePlan(plan)).toEqual({ ok: true, value: plan });
  });

  it.each<[string, PricePlan, string[]]>([
    ['no components', withComponents(), ['/components COMPONENTS_MISSING']],
    [
      'a duplicate id',
      withComponents(...base.components, ...base.components),
      ['/components/1/id COMPONENT_ID_DUPLICATE'],
    ],
    ['no id', perUnit({ id: '' }), ['/components/0/id COMPONENT_ID_MISSING']],
    ['no meter', perUnit({ meter: '' }), ['/components/0/meter METER_MISSING']],
    ['a negative price', perUnit({ unitPrice: '-0.01' }), ['/components/0/unitPrice PRICE_NEGATIVE']],
    ['a price that is no number', perUnit({ unitPrice: '1e3' }), ['/components/0/unitPrice NUMBER_INVALID']],
    ['a price of 31 characters', perUnit({ unitPrice: '1'.repeat(31) }), ['/components/0/unitPrice NUMBER_INVALID']],
    [
      'a negative flat amount',
      withComponents({ kind: 'flat', id: 'f', amount: '-1' }),
      ['/components/0/amount PRICE_NEGATIVE'],
    ],
    ['per nothing', perUnit({ per: '0' }), ['/components/0/per PER_INVALID']],
    ['per minus one', perUnit({ per: '-1' }), ['/components/0/per PER_INVALID']],
    ['per three, which has no exact decimal', perUnit({ per: '3' }), ['/components/0/per PER_INVALID']],
    ['per text', perUnit({ per: 'ten' }), ['/components/0/per NUMBER_INVALID']],
    ['no tiers', tiered(), ['/components/0/tiers TIERS_MISSING']],
    ['a bounded last tier', tiered({ upTo: '5', unitPrice: '1' }), ['/components/0/tiers/0/upTo LAST_TIER_BOUNDED']],
    [
      'unsorted tiers',
      tiered(
        { upTo: '10', unitPrice: '1' },
        { upTo: '5', unitPrice: '1' },
        { upTo: '10', unitPrice: '1' },
        { upTo: null, unitPrice: '1' },
      ),
      ['/components/0/tiers/1/upTo TIERS_NOT_ASCENDING', '/components/0/tiers/2/upTo TIERS_NOT_ASCENDING'],
    ],
    [
      'a first tier of nothing',
      tiered({ upTo: '0', unitPrice: '1' }, { upTo: null, unitPrice: '1' }),
      ['/components/0/tiers/0/upTo TIERS_NOT_ASCENDING'],
    ],
    [
      'an open tier in the middle',
      tiered({ upTo: null, unitPrice: '1' }, { upTo: null, unitPrice: '1' }),
      ['/components/0/tiers/0/upTo TIERS_NOT_ASCENDING'],
    ],
    [
      'a tier without a number',
      tiered({ upTo: '1,000', unitPrice: '1' }, { upTo: null, unitPrice: 'x' }),
      ['/components/0/tiers/1/unitPrice NUMBER_INVALID', '/components/0/tiers/0/upTo NUMBER_INVALID'],
    ],
    ['fees above all', { ...base, fee: { exchangeBps: 9_000, channelBps: 1_001 } }, ['/fee BASIS_POINTS_INVALID']],
    [
      'broken basis points',
      { ...base, fee: { exchangeBps: 0.5, channelBps: -1 } },
      ['/fee/exchangeBps BASIS_POINTS_INVALID', '/fee/channelBps BASIS_POINTS_INVALID'],
    ],
    ['too high a tax', { ...base, tax: { ...base.tax, rateBps: 10_001 } }, ['/tax/rateBps BASIS_POINTS_INVALID']],
  ])('refuses a plan with %s and points at it', (_case, plan, expected) => {
    expect(faults(plan)).toEqual(expected);
  });

  it('names everything that is wrong at once, the first in the detail', () => {
    const plan = { ...perUnit({ meter: '', per: '0', unitPrice: '-1' }), fee: { exchangeBps: -1, channelBps: 0 } };
    const result = validatePlan(plan);
    expect(faults(plan)).toHaveLength(4);
    expect(result).toMatchObject({
      ok: false,
      error: {
        code: 'PRICE_PLAN_INVALID',
        kind: 'unprocessable',
        pointer: '/components/0/meter',
        detail: '/components/0/meter: Name the meter that is priced, such as "calls". (and 3 more)',
      },
    });
  });
});
