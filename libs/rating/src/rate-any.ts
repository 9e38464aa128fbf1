import { DomainException, type Money } from '@hetao/kernel';
import type { CreditLot } from './credit.js';
import { isPlanV2, type AnyPricePlan } from './price-plan-v2.js';
import type { ChargeV2, PeriodTerm } from './charge-v2.js';
import { rateV2 } from './rate-v2.js';
import { rate, type UsageTotal } from './rate.js';
import { ratingErrors } from './rating.errors.js';

/** What a plan of the second form needs beside usage: kept with the usage, so that rating again gives the same. */
export interface RatingContext {
  readonly term: PeriodTerm;
  /** Credit as it stood before the period. */
  readonly credits: readonly CreditLot[];
}

/** Usage turned into money by a plan of either form. */
export interface AnyRatedUsage {
  readonly ratingRuleVersion: string;
  readonly charges: readonly ChargeV2[];
  readonly net: Money;
  readonly unpriced: readonly UsageTotal[];
  readonly credits: readonly CreditLot[];
  readonly expired: readonly CreditLot[];
}

/**
 * Rates by whichever form the plan has.
 *
 * @param context needed by plans of the second form, ignored by the first.
 * @throws DomainException PRICE_PLAN_INVALID, USAGE_TOTALS_INVALID, RATING_TERM_INVALID.
 */
export function rateAny(
  plan: AnyPricePlan,
  usage: { readonly totals: readonly UsageTotal[]; readonly period: string },
  context: RatingContext | null,
): AnyRatedUsage {
  if (!isPlanV2(plan)) return { ...rate({ plan, ...usage }), credits: [], expired: [] };
  if (context === null) {
    throw new DomainException(ratingErrors.RATING_TERM_INVALID('Where the period lies in its agreement is not known.'));
  }
  return rateV2({ plan, ...usage, ...context });
}
