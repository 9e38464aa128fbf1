import { Decimal, err, isCurrency, ok, type Currency, type Result } from '@hetao/kernel';
import { fxErrors, type FxError } from './fx.errors.js';

export type RateSide = 'bid' | 'ask' | 'mid';

/** One rate as its source gave it: one unit of `base` is `rate` units of `quote`. */
export interface QuotedRate {
  readonly base: Currency;
  readonly quote: Currency;
  readonly rate: Decimal;
  /** Units of `base` for one of `quote`: quoted too, or rounded once when taken in; never derived from `rate` later. */
  readonly inverse: Decimal;
  readonly side: RateSide;
  readonly source: string;
  /** Calendar date. */
  readonly quotedOn: string;
}

/** The most a file holds: every pair of every day of a decade. */
export const maxRates = 100_000;
const RATE_PLACES = 12;
/** Rates of real currencies lie far within; beyond it a digit was lost or a column mistaken. */
const BOUND = Decimal.of(10n ** 9n);
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** True for a date of the calendar, `2015-05-29`. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const [year = 0, month = 1, day = 1] = text.split('-').map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days;
}

/** Reads a rate: a decimal above zero and of this world. */
export function readRate(text: string, where: string): Result<Decimal, FxError> {
  const value = Decimal.isDecimal(text) && text.length <= 30 ? Decimal.parse(text) : undefined;
  if (value === undefined || value.compare(Decimal.zero) <= 0 || value.compare(BOUND) > 0) {
    return err(fxErrors.RATE_INVALID(`${where}: "${text.slice(0, 30)}" is no rate above zero.`));
  }
  return ok(value);
}

/** `numerator ÷ denominator` as a rate. */
export function crossRate(numerator: Decimal, denominator: Decimal): Decimal {
  return numerator.dividedBy(denominator, RATE_PLACES, 'half_even');
}

/** Narrows a pair to two different currencies of the exchange. */
export function readPair(base: string, quote: string, where: string): Result<[Currency, Currency], FxError> {
  if (isCurrency(base) && isCurrency(quote) && base !== quote) return ok([base, quote]);
  return err(fxErrors.RATE_INVALID(`${where}: ${base.slice(0, 8)}/${quote.slice(0, 8)} is no pair of the exchange.`));
}

/** True when rate and inverse tell the same within the rounding of quotes: a swapped column is off by far more. */
export function agree(rate: Decimal, inverse: Decimal): boolean {
  const product = rate.times(inverse);
  return product.compare(Decimal.parse('0.9')) > 0 && product.compare(Decimal.parse('1.1')) < 0;
}
