import type { Decimal } from '@hetao/kernel';
import type { MoneyText } from '../i18n/format.js';

/** A sum with as many places as the amounts it was made of: `69064.2` beside `69064.20` reads like another figure. */
export function writtenAs(sum: Decimal, like: MoneyText): MoneyText {
  const places = like.amount.split('.')[1]?.length ?? 0;
  const [whole = '0', fraction = ''] = sum.toString().split('.');
  const amount = places === 0 ? sum.toString() : `${whole}.${fraction.padEnd(places, '0')}`;
  return { amount, currency: like.currency };
}
