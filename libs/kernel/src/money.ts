import { Decimal, type Rounding } from './decimal.js';
import { defineErrors, DomainException } from './errors.js';

/** Decimal places of the minor unit, ISO 4217. The dong has none. */
export const currencyDigits = {
  CNY: 2,
  HKD: 2,
  MOP: 2,
  USD: 2,
  SGD: 2,
  MYR: 2,
  VND: 0,
  GBP: 2,
} as const;

/** ISO 4217 code of a currency the exchange settles in. */
export type Currency = keyof typeof currencyDigits;

/** Every currency the exchange settles in. */
export const currencies = Object.keys(currencyDigits) as readonly Currency[];

/** An amount in minor units (fen, cents; whole dong) of one currency. */
export interface Money {
  readonly amountMinor: bigint;
  readonly currency: Currency;
}

/** Money as JSON carries it, where bigint has no place. */
export interface MoneyJson {
  readonly amountMinor: string;
  readonly currency: Currency;
}

export const moneyErrors = defineErrors({
  MONEY_INVALID: {
    kind: 'invalid',
    title: 'Not an amount of this currency',
    fix: 'Write the amount with no more decimal places than the currency has, such as "12.50" for CNY or "12000" for VND.',
  },
  MONEY_CURRENCY_MISMATCH: {
    kind: 'unprocessable',
    title: 'Amounts of different currencies cannot be combined',
    fix: 'Convert one amount at an agreed rate first, or keep the currencies apart.',
  },
});

/** Narrows any value to a currency the exchange settles in. */
export function isCurrency(value: unknown): value is Currency {
  return typeof value === 'string' && Object.hasOwn(currencyDigits, value);
}

/** An amount of minor units. */
export function money(amountMinor: bigint, currency: Currency): Money {
  return { amountMinor, currency };
}

/** @throws DomainException MONEY_CURRENCY_MISMATCH. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) {
    throw new DomainException(moneyErrors.MONEY_CURRENCY_MISMATCH(`${a.currency} and ${b.currency} were to be added.`));
  }
  return money(a.amountMinor + b.amountMinor, a.currency);
}

/** @throws DomainException MONEY_CURRENCY_MISMATCH. */
export function subtractMoney(a: Money, b: Money): Money {
  return addMoney(a, negateMoney(b));
}

/** The amount with its sign turned. */
export function negateMoney(a: Money): Money {
  return money(-a.amountMinor, a.currency);
}

/** Sum of any number of amounts of one currency; zero of that currency for none. */
export function sumMoney(currency: Currency, amounts: readonly Money[]): Money {
  return amounts.reduce(addMoney, money(0n, currency));
}

/**
 * Reads "12.50" as an amount of the currency, in major units.
 *
 * @throws DomainException DECIMAL_INVALID, or MONEY_INVALID when it has more places than the currency.
 */
export function parseMoney(text: string, currency: Currency): Money {
  const digits = currencyDigits[currency];
  const value = Decimal.parse(text);
  if (!value.round(digits, 'floor').equals(value)) {
    throw new DomainException(
      moneyErrors.MONEY_INVALID(`"${text}" has more than the ${digits} decimal places of ${currency}.`),
    );
  }
  return roundToMoney(value, currency);
}

/** The amount in major units with the currency's decimal places: "12.50"; "12000" for dong. */
export function formatMoney(amount: Money): string {
  return moneyToDecimal(amount).toFixed(currencyDigits[amount.currency]);
}

/** The amount in major units, exact. */
export function moneyToDecimal(amount: Money): Decimal {
  return Decimal.ofUnits(amount.amountMinor, currencyDigits[amount.currency]);
}

/** An exact amount in major units, rounded once to the currency's minor unit. */
export function roundToMoney(value: Decimal, currency: Currency, rounding: Rounding = 'half_up'): Money {
  return money(value.toUnits(currencyDigits[currency], rounding), currency);
}

/** Money for an event or a document: minor units as a string. */
export function moneyToJson(amount: Money): MoneyJson {
  return { amountMinor: amount.amountMinor.toString(), currency: amount.currency };
}

/** Reads what {@link moneyToJson} wrote. Throws SyntaxError on text that is no integer; validate foreign input first. */
export function moneyFromJson(json: MoneyJson): Money {
  return money(BigInt(json.amountMinor), json.currency);
}
