import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate, type Share } from './allocate.js';
import { Decimal } from './decimal.js';
import { money, negateMoney, sumMoney } from './money.js';

const totals = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).map((amount) => money(amount, 'CNY'));
const shares: fc.Arbitrary<Share[]> = fc
  .array(fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.integer({ min: 0, max: 6 })), {
    minLength: 1,
    maxLength: 12,
  })
  .filter((weights) => weights.some(([units]) => units > 0n))
  .map((weights) => weights.map(([units, scale], i) => ({ party: `p${i}`, weight: Decimal.ofUnits(units, scale) })));

describe('allocate', () => {
  it('adds up to the total exactly', () => {
    fc.assert(
      fc.property(totals, shares, (total, parties) => {
        const parts = allocate(total, parties);
        expect(
          sumMoney(
            'CNY',
            parts.map(({ amount }) => amount),
          ),
        ).toEqual(total);
        expect(parts.map(({ party }) => party)).toEqual(parties.map(({ party }) => party));
      }),
    );
  });

  it('gives nobody a whole unit more or less than the share, and nothing to a zero share', () => {
    fc.assert(
      fc.property(totals, shares, (total, parties) => {
        const sum = parties.reduce((a, { weight }) => a.plus(weight), Decimal.zero);
        allocate(total, parties).forEach(({ amount }, i) => {
          const weight = parties[i]?.weight ?? Decimal.zero;
          // |amount × sum − total × weight| < sum, the quota rule, without dividing.
          const off = Decimal.of(amount.amountMinor).times(sum).minus(Decimal.of(total.amountMinor).times(weight));
          const distance = off.isNegative() ? off.negated() : off;
          expect(distance.compare(sum)).toBe(-1);
          if (weight.isZero()) expect(amount.amountMinor).toBe(0n);
        });
      }),
    );
  });

  it('returns every party to zero when all of it is refunded', () => {
    fc.assert(
      fc.property(totals, shares, (total, parties) => {
        const back = allocate(negateMoney(total), parties);
        allocate(total, parties).forEach(({ amount }, i) => {
          expect(amount.amountMinor + (back[i]?.amount.amountMinor ?? 1n)).toBe(0n);
        });
      }),
    );
  });

  it('serves equal remainders in the order given', () => {
    const thirds = ['exchange', 'merchant', 'channel'].map((party) => ({ party, weight: Decimal.of(1) }));
    expect(allocate(money(100n, 'CNY'), thirds).map(({ amount }) => amount.amountMinor)).toEqual([34n, 33n, 33n]);
    expect(allocate(money(-101n, 'CNY'), thirds).map(({ amount }) => amount.amountMinor)).toEqual([-34n, -34n, -33n]);
  });

  it('serves the largest remainder first, whatever the order', () => {
    const parties = [
      { party: 'a', weight: Decimal.parse('0.10') },
      { party: 'b', weight: Decimal.parse('0.85') },
      { party: 'c', weight: Decimal.parse('0.05') },
    ];
    // 7 × (0.10, 0.85, 0.05) = 0.70, 5.95, 0.35
    expect(allocate(money(7n, 'CNY'), parties).map(({ amount }) => amount.amountMinor)).toEqual([1n, 6n, 0n]);
  });

  it.each([
    ['no share', [], /above zero/],
    ['zero weights', [{ party: 'a', weight: Decimal.zero }], /above zero/],
    ['a negative weight', [{ party: 'a', weight: Decimal.of(-1) }], /weight of "a" is -1/],
    ['a party twice', [1, 2].map((w) => ({ party: 'a', weight: Decimal.of(w) })), /"a" is named twice/],
  ])('refuses %s', (_case, parties, message) => {
    expect(() => allocate(money(1n, 'CNY'), parties)).toThrow(message);
  });
});
