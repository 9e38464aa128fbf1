import type { Currency } from '@hetao/kernel';
import { equationOf, type CurrencyFigures } from './equation.js';

/** What a month is closed as, per currency: minor units as text, as they are published and kept. */
export interface PeriodTotals {
  readonly currency: Currency;
  readonly usageRated: string;
  readonly invoiced: string;
  readonly paidOut: string;
  readonly fee: string;
  readonly tax: string;
  readonly channel: string;
}

export function totalsOf({ currencies }: { readonly currencies: readonly CurrencyFigures[] }): PeriodTotals[] {
  return currencies.map((figures) => {
    const { amounts } = equationOf(figures);
    return {
      currency: figures.currency,
      usageRated: amounts.usage.toString(),
      invoiced: amounts.invoiced.toString(),
      paidOut: figures.settled.merchant.toString(),
      fee: figures.settled.fee.toString(),
      tax: figures.settled.tax.toString(),
      channel: figures.settled.channel.toString(),
    };
  });
}
