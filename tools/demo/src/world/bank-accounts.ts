import type { Currency, Jurisdiction } from '@hetao/kernel';
import { chanceOf, digitsFrom } from './random.js';

/** An account as the catalog takes it. */
export interface BankAccountBody {
  readonly name: string;
  readonly iban?: string;
  readonly account_number?: string;
  readonly bic: string;
}

/** The money of a place. */
export const currencyOf: Readonly<Record<Jurisdiction, Currency>> = {
  CN: 'CNY',
  HK: 'HKD',
  MO: 'MOP',
  SG: 'SGD',
  MY: 'MYR',
  VN: 'VND',
  GB: 'GBP',
  US: 'USD',
};

/** A bank that says by its name that it is none: no payment of the demo can ever leave it. */
const bicOf = (place: Jurisdiction): string => `DEMO${place}22`;

/** An invented account at the invented bank of a place: with an IBAN where the place has them. */
export function bankAccountOf(slug: string, holder: string, place: Jurisdiction): BankAccountBody {
  const chance = chanceOf(`account ${slug}`);
  const account = { name: holder, bic: bicOf(place) };
  if (place !== 'GB') return { ...account, account_number: digitsFrom(chance, 12) };
  const bban = `DEMO${digitsFrom(chance, 14)}`;
  return { ...account, iban: `GB${checkDigits('GB', bban)}${bban}` };
}

/** ISO 13616: 98 less the remainder of the rearranged number by 97 (ISO 7064). */
function checkDigits(country: string, bban: string): string {
  const digits = [...`${bban}${country}00`].map((character) => String(Number.parseInt(character, 36))).join('');
  return String(98n - (BigInt(digits) % 97n)).padStart(2, '0');
}
