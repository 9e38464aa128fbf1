import { Decimal, moneyToDecimal, roundToMoney, type Money } from '@hetao/kernel';
import type { TaxTerms } from './price-plan.js';

/** Tax on the total of net, added to it, rounded half up once: recorded on the invoice beside the tax. */
export const taxRuleVersion = 'tax-total-half-up-1';

const BPS_DECIMALS = 4;

/** The tax on a net amount, in its currency. A negative net (a refund) gives exactly the negative tax. */
export function taxOn(net: Money, { rateBps }: Pick<TaxTerms, 'rateBps'>): Money {
  const rate = Decimal.ofUnits(BigInt(rateBps), BPS_DECIMALS);
  return roundToMoney(moneyToDecimal(net).times(rate), net.currency);
}
