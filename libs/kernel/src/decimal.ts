import { defineErrors, DomainException } from './errors.js';

/**
 * How a digit is dropped. `half_up` takes halves away from zero, on both sides of it, so that a refund rounds to
 * exactly the negative of what it refunds; `floor` and `ceil` go towards minus and plus infinity.
 */
export type Rounding = 'half_up' | 'half_even' | 'floor' | 'ceil';

export const decimalErrors = defineErrors({
  DECIMAL_INVALID: {
    kind: 'invalid',
    title: 'Not a decimal number',
    fix: 'Write digits with at most one point, such as "12.50" or "-3": no exponent, no plus sign, no leading zeros, no separators.',
  },
  DECIMAL_DIVISION: {
    kind: 'unprocessable',
    title: 'The division has no exact decimal result',
    fix: 'Divide by a number other than zero; for an exact quotient, one whose only prime factors are 2 and 5.',
  },
});

const FORM = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;

/** Longest text `Decimal.parse` reads: bounds the work a hostile number can cause. */
export const maxDecimalLength = 100;

/** An exact decimal number: coefficient × 10^-scale on bigint. Immutable; kept without trailing zeros. */
export class Decimal {
  static readonly zero = new Decimal(0n, 0);
  readonly #coefficient: bigint;
  readonly #scale: number;

  private constructor(coefficient: bigint, scale: number) {
    this.#coefficient = coefficient;
    this.#scale = scale;
  }

  /**
   * Reads "12.50", "-3", "0.0001".
   *
   * @throws DomainException DECIMAL_INVALID for anything else, or for more than {@link maxDecimalLength} characters.
   */
  static parse(text: string): Decimal {
    if (text.length > maxDecimalLength) {
      throw invalid(`A number of ${text.length} characters is longer than ${maxDecimalLength}.`);
    }
    if (!FORM.test(text)) throw invalid(`"${text}" is not a decimal number.`);
    const point = text.indexOf('.');
    if (point === -1) return Decimal.#normal(BigInt(text), 0);
    return Decimal.#normal(BigInt(text.replace('.', '')), text.length - point - 1);
  }

  /** True when `parse` would read the text. */
  static isDecimal(text: string): boolean {
    return text.length <= maxDecimalLength && FORM.test(text);
  }

  /**
   * The decimal of an integer.
   *
   * @throws DomainException DECIMAL_INVALID for a number that is no safe integer.
   */
  static of(value: bigint | number): Decimal {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) {
      throw invalid(`${value} is not a safe integer.`);
    }
    return Decimal.#normal(BigInt(value), 0);
  }

  /** `units` × 10^-`scale`: 1250n at scale 2 is 12.5. */
  static ofUnits(units: bigint, scale: number): Decimal {
    return Decimal.#normal(units, scale);
  }

  static #normal(coefficient: bigint, scale: number): Decimal {
    let digits = coefficient;
    let places = scale;
    while (places > 0 && digits % 10n === 0n) {
      digits /= 10n;
      places -= 1;
    }
    return new Decimal(digits, places);
  }

  /** Decimal places of the shortest form. */
  get scale(): number {
    return this.#scale;
  }

  plus(other: Decimal): Decimal {
    const scale = Math.max(this.#scale, other.#scale);
    return Decimal.#normal(this.#unitsAt(scale) + other.#unitsAt(scale), scale);
  }

  minus(other: Decimal): Decimal {
    return this.plus(other.negated());
  }

  times(other: Decimal): Decimal {
    return Decimal.#normal(this.#coefficient * other.#coefficient, this.#scale + other.#scale);
  }

  /**
   * The quotient rounded once to `scale` decimal places.
   *
   * @throws DomainException DECIMAL_DIVISION when the divisor is zero.
   */
  dividedBy(other: Decimal, scale: number, rounding: Rounding): Decimal {
    if (other.isZero()) throw division(`${this.toString()} cannot be divided by zero.`);
    const numerator = this.#coefficient * 10n ** BigInt(other.#scale + scale);
    const denominator = other.#coefficient * 10n ** BigInt(this.#scale);
    return Decimal.#normal(divideRounded(numerator, denominator, rounding), scale);
  }

  /**
   * The quotient with nothing rounded.
   *
   * @throws DomainException DECIMAL_DIVISION when the divisor is zero or the quotient does not end (1 ÷ 3).
   */
  dividedExactlyBy(other: Decimal): Decimal {
    if (other.isZero()) throw division(`${this.toString()} cannot be divided by zero.`);
    const divisor = other.#coefficient / greatestCommonDivisor(this.#coefficient, other.#coefficient);
    const places = decimalPlacesOfInverse(divisor);
    if (places === undefined) {
      throw division(`${this.toString()} divided by ${other.toString()} has no end.`);
    }
    return this.dividedBy(other, places + this.#scale + other.#scale, 'floor');
  }

  /** True when everything divided by this ends: only 2 and 5 among its prime factors (1, 1000, 1048576; not 3). */
  dividesExactly(): boolean {
    return !this.isZero() && decimalPlacesOfInverse(this.#coefficient) !== undefined;
  }

  /** Negative, zero or positive as this is smaller than, equal to or greater than the other. */
  compare(other: Decimal): -1 | 0 | 1 {
    const scale = Math.max(this.#scale, other.#scale);
    const left = this.#unitsAt(scale);
    const right = other.#unitsAt(scale);
    if (left === right) return 0;
    return left < right ? -1 : 1;
  }

  equals(other: Decimal): boolean {
    return this.compare(other) === 0;
  }

  isZero(): boolean {
    return this.#coefficient === 0n;
  }

  isNegative(): boolean {
    return this.#coefficient < 0n;
  }

  negated(): Decimal {
    return new Decimal(-this.#coefficient, this.#scale);
  }

  /** Rounded to at most `scale` decimal places. */
  round(scale: number, rounding: Rounding): Decimal {
    if (scale >= this.#scale) return this;
    return this.dividedBy(ONE, scale, rounding);
  }

  /** This × 10^`scale` as an integer, rounded: 12.345 at scale 2, half_up, is 1235n. */
  toUnits(scale: number, rounding: Rounding): bigint {
    return this.round(scale, rounding).#unitsAt(scale);
  }

  /** Shortest plain form, without exponent or trailing zeros; equal numbers give equal text. */
  toString(): string {
    return this.toFixed(this.#scale);
  }

  /** Plain form with at least `scale` decimal places: 12.5 at 2 is "12.50". Never drops a digit. */
  toFixed(scale: number): string {
    const places = Math.max(scale, this.#scale);
    const digits = this.#unitsAt(places)
      .toString()
      .replace('-', '')
      .padStart(places + 1, '0');
    const sign = this.isNegative() ? '-' : '';
    const whole = digits.slice(0, digits.length - places);
    return places === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-places)}`;
  }

  /** Lets JSON.stringify write the exact text. */
  toJSON(): string {
    return this.toString();
  }

  #unitsAt(scale: number): bigint {
    return this.#coefficient * 10n ** BigInt(scale - this.#scale);
  }
}

const ONE = Decimal.of(1n);

/** `numerator ÷ denominator` to an integer, rounded once. The denominator must not be zero. */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  if (remainder === 0n) return quotient;
  const away = numerator < 0n === denominator < 0n ? 1n : -1n;
  if (rounding === 'floor') return away === 1n ? quotient : quotient - 1n;
  if (rounding === 'ceil') return away === 1n ? quotient + 1n : quotient;
  const twice = absolute(remainder) * 2n;
  const half = absolute(denominator);
  if (twice !== half) return twice > half ? quotient + away : quotient;
  return rounding === 'half_up' || quotient % 2n !== 0n ? quotient + away : quotient;
}

/** How many decimal places 1 ÷ divisor has, or undefined when it does not end. */
function decimalPlacesOfInverse(divisor: bigint): number | undefined {
  let rest = absolute(divisor);
  const places = { two: 0, five: 0 };
  for (; rest % 2n === 0n; rest /= 2n) places.two += 1;
  for (; rest % 5n === 0n; rest /= 5n) places.five += 1;
  return rest === 1n ? Math.max(places.two, places.five) : undefined;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [left, right] = [absolute(a), absolute(b)];
  while (right !== 0n) [left, right] = [right, left % right];
  return left;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function invalid(detail: string): DomainException {
  return new DomainException(decimalErrors.DECIMAL_INVALID(detail));
}

function division(detail: string): DomainException {
  return new DomainException(decimalErrors.DECIMAL_DIVISION(detail));
}
