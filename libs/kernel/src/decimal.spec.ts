import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal, maxDecimalLength, type Rounding } from './decimal.js';
import { DomainException } from './errors.js';

const roundings: readonly Rounding[] = ['half_up', 'half_even', 'floor', 'ceil'];

/** A decimal together with the plain model: units × 10^-scale. */
const modelled = fc
  .record({ units: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), scale: fc.integer({ min: 0, max: 12 }) })
  .map(({ units, scale }) => ({ units, scale, decimal: Decimal.ofUnits(units, scale) }));

const power = (exponent: number): bigint => 10n ** BigInt(exponent);
const abs = (value: bigint): bigint => (value < 0n ? -value : value);

/** numerator ÷ denominator (> 0) by the definition of each rounding: the nearest of the two integers around it. */
function roundedByDefinition(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  let below = numerator / denominator;
  while (below * denominator > numerator) below -= 1n;
  if (below * denominator === numerator) return below;
  const above = below + 1n;
  if (rounding === 'floor') return below;
  if (rounding === 'ceil') return above;
  const toBelow = numerator - below * denominator;
  const toAbove = above * denominator - numerator;
  if (toBelow !== toAbove) return toBelow < toAbove ? below : above;
  if (rounding === 'half_up') return abs(above) > abs(below) ? above : below;
  return below % 2n === 0n ? below : above;
}

describe('Decimal against plain bigint', () => {
  it('adds, subtracts and multiplies exactly', () => {
    fc.assert(
      fc.property(modelled, modelled, (a, b) => {
        const scale = a.scale + b.scale;
        const left = a.units * power(b.scale);
        const right = b.units * power(a.scale);
        expect(a.decimal.plus(b.decimal).toUnits(scale, 'floor')).toBe(left + right);
        expect(a.decimal.minus(b.decimal).toUnits(scale, 'floor')).toBe(left - right);
        expect(a.decimal.times(b.decimal).toUnits(scale, 'floor')).toBe(a.units * b.units);
        expect(a.decimal.compare(b.decimal)).toBe(left === right ? 0 : left < right ? -1 : 1);
      }),
    );
  });

  it.each(roundings)('rounds %s by definition', (rounding) => {
    fc.assert(
      fc.property(modelled, fc.integer({ min: 0, max: 12 }), ({ units, scale, decimal }, to) => {
        const expected = roundedByDefinition(units * power(to), power(scale), rounding);
        expect(decimal.toUnits(to, rounding)).toBe(expected);
        expect(decimal.round(to, rounding).toUnits(to, 'floor')).toBe(expected);
      }),
    );
  });

  it.each(roundings)('divides with one %s rounding', (rounding) => {
    const divisors = modelled.filter(({ units }) => units !== 0n);
    fc.assert(
      fc.property(modelled, divisors, fc.integer({ min: 0, max: 8 }), (a, b, to) => {
        const sign = b.units < 0n ? -1n : 1n;
        const expected = roundedByDefinition(
          sign * a.units * power(b.scale + to),
          sign * b.units * power(a.scale),
          rounding,
        );
        expect(a.decimal.dividedBy(b.decimal, to, rounding).toUnits(to, 'floor')).toBe(expected);
      }),
    );
  });

  it('rounds half_up the same on both sides of zero, so a refund is the negative of its charge', () => {
    fc.assert(
      fc.property(modelled, fc.integer({ min: 0, max: 6 }), ({ decimal }, to) => {
        expect(decimal.negated().toUnits(to, 'half_up')).toBe(-decimal.toUnits(to, 'half_up'));
      }),
    );
  });

  it('divides exactly or says that it cannot', () => {
    const divisors = modelled.filter(({ units }) => units !== 0n);
    fc.assert(
      fc.property(modelled, divisors, (a, b) => {
        expect(a.decimal.times(b.decimal).dividedExactlyBy(b.decimal).equals(a.decimal)).toBe(true);
      }),
    );
    expect(Decimal.of(1).dividedExactlyBy(Decimal.of(1_048_576)).toString()).toBe('0.00000095367431640625');
    expect(Decimal.of(6).dividedExactlyBy(Decimal.parse('-0.3')).toString()).toBe('-20');
    expect(() => Decimal.of(1).dividedExactlyBy(Decimal.of(3))).toThrow(/has no end/);
    expect(() => Decimal.of(1).dividedExactlyBy(Decimal.zero)).toThrow(/by zero/);
    expect(() => Decimal.of(1).dividedBy(Decimal.zero, 2, 'floor')).toThrow(/by zero/);
  });
});

describe('Decimal as text', () => {
  it('reads back what it writes, and writes equal numbers equally', () => {
    fc.assert(
      fc.property(modelled, fc.integer({ min: 0, max: 15 }), ({ decimal }, scale) => {
        expect(Decimal.parse(decimal.toString()).equals(decimal)).toBe(true);
        const padded = decimal.toFixed(scale);
        expect(Decimal.parse(padded).toString()).toBe(decimal.toString());
        expect((padded.split('.')[1] ?? '').length).toBeGreaterThanOrEqual(scale);
      }),
    );
  });

  it.each([
    ['12.50', '12.5'],
    ['-0.05', '-0.05'],
    ['0', '0'],
    ['-0.00', '0'],
    ['100', '100'],
    ['0.000001', '0.000001'],
  ])('reads %s as %s', (text, canonical) => {
    expect(Decimal.parse(text).toString()).toBe(canonical);
    expect(JSON.stringify({ value: Decimal.parse(text) })).toBe(`{"value":"${canonical}"}`);
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '01',
    '1.',
    '.5',
    '1e3',
    '1,000',
    'NaN',
    '--1',
    '１',
    '1'.repeat(maxDecimalLength + 1),
  ])('refuses "%s" and says how to write it', (text) => {
    expect(Decimal.isDecimal(text)).toBe(false);
    expect(() => Decimal.parse(text)).toThrow(DomainException);
    try {
      Decimal.parse(text);
    } catch (error) {
      expect(error).toMatchObject({ problem: { code: 'DECIMAL_INVALID', kind: 'invalid' } });
    }
  });

  it('takes integers, but no number that is none', () => {
    expect(Decimal.of(-7).toString()).toBe('-7');
    expect(() => Decimal.of(0.1)).toThrow(/not a safe integer/);
    expect(() => Decimal.of(2 ** 53)).toThrow(/not a safe integer/);
  });
});
