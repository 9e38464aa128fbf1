import { formatMoney, type Money, subtractMoney } from '@hetao/kernel';
import { type PricePlan, rate, type UsageTotal } from '@hetao/rating';

/** What a correction changes in money, before tax. */
export interface MoneyEffect {
  readonly before: Money;
  readonly after: Money;
  /** After minus before: negative is given back. */
  readonly effect: Money;
}

/**
 * Rates a period before and after: the difference is exact even where tiers make the price of one unit depend on all.
 *
 * @throws DomainException PRICE_PLAN_INVALID or USAGE_TOTALS_INVALID.
 */
export function moneyEffect(
  plan: PricePlan,
  period: string,
  before: readonly UsageTotal[],
  after: readonly UsageTotal[],
): MoneyEffect {
  const [was, is] = [rate({ plan, totals: before, period }).net, rate({ plan, totals: after, period }).net];
  return { before: was, after: is, effect: subtractMoney(is, was) };
}

/** An amount as it goes on the wire. */
export function shownMoney(amount: Money): { readonly amount: string; readonly currency: Money['currency'] } {
  return { amount: formatMoney(amount), currency: amount.currency };
}
