import { formatMoney, type Money, subtractMoney } from '@hetao/kernel';
import { type AnyPricePlan, isPlanV2, rate, type UsageTotal } from '@hetao/rating';
import { usageCost } from './usage-cost.js';

/** What a correction changes in money, before tax. */
export interface MoneyEffect {
  readonly before: Money;
  readonly after: Money;
  /** After minus before: negative is given back. */
  readonly effect: Money;
}

/**
 * Rates a period before and after: the difference is exact even where tiers make the price of one unit depend on all. Of
 * a plan of the second form the usage alone is rated: what credit and minimums make of the difference, settlement says.
 *
 * @throws DomainException PRICE_PLAN_INVALID or USAGE_TOTALS_INVALID.
 */
export function moneyEffect(
  plan: AnyPricePlan,
  period: string,
  before: readonly UsageTotal[],
  after: readonly UsageTotal[],
): MoneyEffect {
  const [was, is] = [before, after].map((totals) =>
    isPlanV2(plan) ? usageCost(plan, totals, period) : rate({ plan, totals, period }).net,
  ) as [Money, Money];
  return { before: was, after: is, effect: subtractMoney(is, was) };
}

/** An amount as it goes on the wire. */
export function shownMoney(amount: Money): { readonly amount: string; readonly currency: Money['currency'] } {
  return { amount: formatMoney(amount), currency: amount.currency };
}
