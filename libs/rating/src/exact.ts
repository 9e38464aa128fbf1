import { Decimal, roundToMoney, currencyDigits, type Currency } from '@hetao/kernel';

/** Places a quotient without end is shown with; figures are rounded from the quotient itself, never from the text. */
const SHOWN_PLACES = 12;

/** An exact amount in major units that a decimal may not be able to write: 500 × 17 ÷ 31. */
export interface Exact {
  readonly numerator: Decimal;
  /** Above zero. */
  readonly denominator: Decimal;
}

export function exactly(numerator: Decimal, denominator: Decimal = Decimal.of(1n)): Exact {
  return { numerator, denominator };
}

/** Minor units, rounded half up once. */
export function roundExact({ numerator, denominator }: Exact, currency: Currency): bigint {
  const rounded = numerator.dividedBy(denominator, currencyDigits[currency], 'half_up');
  return roundToMoney(rounded, currency).amountMinor;
}

/** The amount as text: all of it when it ends, else its first {@link SHOWN_PLACES} places. */
export function showExact({ numerator, denominator }: Exact): string {
  const shown = numerator.dividedBy(denominator, SHOWN_PLACES, 'half_even');
  return shown.times(denominator).equals(numerator) || !denominator.dividesExactly()
    ? shown.toString()
    : numerator.dividedExactlyBy(denominator).toString();
}
