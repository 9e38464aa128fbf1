import { z } from 'zod';
import { currencyDigits, formatMoney, type Currency, type Money } from '@hetao/kernel';

const currencies = Object.keys(currencyDigits) as [Currency, ...Currency[]];

/** Money on the wire: a decimal text and an ISO 4217 code, never a JSON number. */
export const moneyDto = z
  .strictObject({
    amount: z.string().regex(/^-?\d{1,18}(\.\d{1,3})?$/, 'must be a decimal number in a string, as in "12.50"'),
    currency: z.enum(currencies),
  })
  .meta({ id: 'Money', examples: [{ amount: '12.50', currency: 'CNY' }] });

export type MoneyDto = z.output<typeof moneyDto>;

/** Renders an amount for the wire. */
export function toMoneyDto(amount: Money): MoneyDto {
  return { amount: formatMoney(amount), currency: amount.currency };
}
