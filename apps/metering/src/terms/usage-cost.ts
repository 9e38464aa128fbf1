import { type Currency, currencyDigits, type Decimal, type Money } from '@hetao/kernel';
import { type AnyPricePlan, isPlanV2, rate, rateV2, type UsageTotal } from '@hetao/rating';

/** Where only usage is rated, no part of the price depends on where the period lies in its agreement. */
const NO_TERM = { periodNo: 1, activeDays: 1, periodDays: 1, firstRated: false };

/**
 * What a plan charges for usage alone, before tax: fixed fees, minimums, trials and prepaid credit are left out, since
 * they are the same whoever used what.
 *
 * @param period `2015-05`; it is named in explanations only.
 * @throws DomainException PRICE_PLAN_INVALID or USAGE_TOTALS_INVALID.
 */
export function usageCost(plan: AnyPricePlan, totals: readonly UsageTotal[], period: string): Money {
  const nothing = { amountMinor: 0n, currency: plan.currency };
  if (isPlanV2(plan)) {
    const components = plan.components.filter((component) => 'meter' in component);
    if (components.length === 0) return nothing;
    const usage = { plan: { ...plan, components, trial: null }, totals, period };
    return rateV2({ ...usage, term: NO_TERM, credits: [] }).net;
  }
  const components = plan.components.filter((component) => 'meter' in component);
  return components.length === 0 ? nothing : rate({ plan: { ...plan, components }, totals, period }).net;
}

/** Whether a number of major units is an amount of the currency: no finer than its smallest unit. */
export function isAmount(major: Decimal, currency: Currency): boolean {
  return major.round(currencyDigits[currency], 'floor').equals(major);
}
