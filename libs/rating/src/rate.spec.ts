import { describe, expect, it } from '@jest/globals';
import type { PricePlanData } from '@hetao/events';
import { DomainException, formatMoney } from '@hetao/kernel';
import fc from 'fast-check';
import type { PriceComponent, PricePlan, TieredComponent } from './price-plan.js';
import { rate, type Charge } from './rate.js';

const planOf = (...components: PriceComponent[]): PricePlan => ({
  currency: 'CNY',
  components,
  fee: { exchangeBps: 500, channelBps: 300 },
  tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
});
const usageOf = (meter: string, quantity: string) => [{ meter, quantity }];

function chargeOf(component: PriceComponent, quantity: string): Charge {
  const { charges } = rate({ plan: planOf(component), totals: usageOf('bytes', quantity), period: '2015-05' });
  const [charge] = charges;
  if (charge === undefined) throw new Error('nothing was charged');
  return charge;
}

const tiers = (mode: 'graduated' | 'volume', per = '1'): TieredComponent => ({
  kind: 'tiered',
  id: 'traffic',
  meter: 'bytes',
  mode,
  per,
  tiers: [
    { upTo: '100', unitPrice: '0.10' },
    { upTo: '1000', unitPrice: '0.08' },
    { upTo: null, unitPrice: '0.05' },
  ],
});

describe('rate', () => {
  it('rates a month of real shape to the fen, and says how', () => {
    const plan = planOf(
      { kind: 'flat', id: 'access', amount: '500' },
      { kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.012', per: '1' },
      {
        ...tiers('graduated', '1000000'),
        tiers: [
          { upTo: '1000000000', unitPrice: '0.08' },
          { upTo: null, unitPrice: '0.05' },
        ],
      },
    );
    const totals = [
      { meter: 'calls', quantity: '10000' },
      { meter: 'bytes', quantity: '2747282740' },
      { meter: 'seconds', quantity: '9' },
    ];
    const rated = rate({ plan, totals, period: '2015-05' });
    expect(rated.charges.map(({ componentId, amount, amountMinor }) => [componentId, amount, amountMinor])).toEqual([
      ['access', '500', 50000n],
      ['calls', '120', 12000n],
      ['traffic', '167.364137', 16736n],
    ]);
    expect(rated.net).toEqual({ amountMinor: 78736n, currency: 'CNY' });
    expect(rated).toMatchObject({ ratingRuleVersion: 'rating-1', period: '2015-05' });
    expect(rated.unpriced).toEqual([{ meter: 'seconds', quantity: '9' }]);
    expect(rated.charges.at(-1)?.explanation).toEqual([
      '2747282740 bytes in 2015-05',
      'tier 1 (above 0 to 1000000000): 1000000000 bytes at CNY 0.08 per 1000000: CNY 80',
      'tier 2 (above 1000000000): 1747282740 bytes at CNY 0.05 per 1000000: CNY 87.364137',
      'CNY 167.364137, rounded half up: CNY 167.36',
    ]);
  });

  it.each([
    ['0', '0', '0'],
    ['1', '0.1', '0.1'],
    ['100', '10', '10'],
    ['100.5', '10.04', '8.04'],
    ['101', '10.08', '8.08'],
    ['1000', '82', '80'],
    ['1001', '82.05', '50.05'],
    ['5000', '282', '250'],
  ])('prices %s units graduated at %s and by volume at %s', (quantity, graduated, volume) => {
    expect(chargeOf(tiers('graduated'), quantity).amount).toBe(graduated);
    expect(chargeOf(tiers('volume'), quantity).amount).toBe(volume);
  });

  it('names only the tiers that were used', () => {
    const steps = (quantity: string) => chargeOf(tiers('graduated'), quantity).explanation.slice(1, -1);
    expect(steps('0')).toEqual(['tier 1 (above 0 to 100): 0 bytes at CNY 0.1 per 1: CNY 0']);
    expect(steps('100')).toEqual(['tier 1 (above 0 to 100): 100 bytes at CNY 0.1 per 1: CNY 10']);
    expect(steps('101')).toHaveLength(2);
    expect(chargeOf(tiers('volume'), '1000').explanation.slice(1, -1)).toEqual([
      'all in tier 2 (above 100 to 1000): 1000 bytes at CNY 0.08 per 1: CNY 80',
    ]);
  });

  it('charges a meter without usage as zero, and names it', () => {
    const { charges, net } = rate({ plan: planOf(tiers('volume')), totals: [], period: '2015-05' });
    expect(charges).toMatchObject([{ quantity: '0', amount: '0', amountMinor: 0n, unit: 'bytes', meter: 'bytes' }]);
    expect(formatMoney(net)).toBe('0.00');
  });

  it.each([
    ['0.005', '0.005', 1n],
    ['0.0049', '0.0049', 0n],
    ['1048576', '1048576', 104857600n],
  ])('rounds a line of CNY %s once, half up', (amount, exact, minor) => {
    expect(chargeOf({ kind: 'flat', id: 'f', amount }, '0')).toMatchObject({ amount: exact, amountMinor: minor });
  });

  it.each([
    ['a quantity that is no number', usageOf('bytes', 'x'), '/totals/0/quantity'],
    ['a negative quantity', usageOf('bytes', '-1'), '/totals/0/quantity'],
    ['a meter twice', [...usageOf('bytes', '1'), ...usageOf('bytes', '1')], '/totals/1/meter'],
  ])('refuses %s and says where', (_case, totals, pointer) => {
    const rating = () => rate({ plan: planOf(tiers('volume')), totals, period: '2015-05' });
    expect(rating).toThrow(DomainException);
    expect(rating).toThrow(`USAGE_TOTALS_INVALID: ${pointer}`);
  });

  it('refuses a bad plan', () => {
    expect(() => rate({ plan: planOf(), totals: [], period: '2015-05' })).toThrow('PRICE_PLAN_INVALID: /components');
  });

  it('rates the plan that events carry, and events carry the plan that it rates', () => {
    const plan: PricePlan = planOf(tiers('volume'));
    const carried: PricePlanData = plan;
    const back: PricePlan = carried;
    expect(rate({ plan: back, totals: usageOf('bytes', '7'), period: '2015-05' }).net.amountMinor).toBe(70n);
  });
});

describe('rate against a plain model', () => {
  const PRICE_SCALE = 6;
  const price = fc.bigInt({ min: 0n, max: 10n ** 9n });
  const tierModel = fc.record({
    mode: fc.constantFrom('graduated', 'volume'),
    per: fc.constantFrom(1n, 1000n, 1_048_576n),
    bounds: fc.uniqueArray(fc.bigInt({ min: 1n, max: 10n ** 7n }), { maxLength: 6 }),
    prices: fc.array(price, { minLength: 7, maxLength: 7 }),
    quantity: fc.bigInt({ min: 0n, max: 2n * 10n ** 7n }),
  });
  const sixPlaces = (units: bigint): string => {
    const digits = units.toString().padStart(PRICE_SCALE + 1, '0');
    return `${digits.slice(0, -PRICE_SCALE)}.${digits.slice(-PRICE_SCALE)}`;
  };

  it('prices every unit on its own and gets the same minor units', () => {
    fc.assert(
      fc.property(tierModel, ({ mode, per, bounds, prices, quantity }) => {
        const ends = [...bounds].sort((a, b) => (a < b ? -1 : 1));
        const component: TieredComponent = {
          kind: 'tiered',
          id: 't',
          meter: 'bytes',
          mode,
          per: per.toString(),
          tiers: [...ends, null].map((end, i) => ({
            upTo: end?.toString() ?? null,
            unitPrice: sixPlaces(prices[i] ?? 0n),
          })),
        };
        // Sum over tiers of (units in the tier × price), as millionths × units; tiers by counting, not by slicing.
        const tierOf = (unit: bigint): number => ends.filter((end) => end < unit).length;
        let millionths = 0n;
        if (mode === 'volume') millionths = quantity * (prices[tierOf(quantity)] ?? 0n);
        else {
          const cuts = [0n, ...ends.filter((end) => end < quantity), quantity];
          for (let i = 1; i < cuts.length; i += 1) {
            const [from, to] = [cuts[i - 1] ?? 0n, cuts[i] ?? 0n];
            millionths += (to - from) * (prices[tierOf(to)] ?? 0n);
          }
        }
        // Half up on a non-negative fraction: floor(x + 1/2), with x = millionths ÷ per ÷ 10^4 minor units.
        const divisor = per * 10_000n;
        const expected = (2n * millionths + divisor) / (2n * divisor);
        expect(chargeOf(component, quantity.toString()).amountMinor).toBe(expected);
      }),
    );
  });

  it('charges per unit what one graduated tier charges', () => {
    fc.assert(
      fc.property(price, fc.bigInt({ min: 0n, max: 10n ** 12n }), (unitPrice, quantity) => {
        const shared = { id: 'c', meter: 'bytes', per: '1000000' };
        const one: PriceComponent = { ...shared, kind: 'per_unit', unitPrice: sixPlaces(unitPrice) };
        const other: PriceComponent = {
          ...shared,
          kind: 'tiered',
          mode: 'graduated',
          tiers: [{ upTo: null, unitPrice: sixPlaces(unitPrice) }],
        };
        expect(chargeOf(one, quantity.toString()).amount).toBe(chargeOf(other, quantity.toString()).amount);
      }),
    );
  });

  it('makes net the sum of the rounded lines, whatever the lines', () => {
    const lines = fc.array(price, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(lines, (amounts) => {
        const flats = amounts.map((units, i): PriceComponent => ({
          kind: 'flat',
          id: `f${i}`,
          amount: sixPlaces(units),
        }));
        const expected = amounts.reduce((sum, units) => sum + (units + 5_000n) / 10_000n, 0n);
        expect(rate({ plan: planOf(...flats), totals: [], period: '2015-05' }).net.amountMinor).toBe(expected);
      }),
    );
  });
});
