import { canonicalJson, deterministicId, DomainException, type Currency } from '@hetao/kernel';
import { rateAny, type AnyPricePlan, type CreditLot, type RatingContext } from '@hetao/rating';
import { usageErrors } from './rating.errors.js';

/** `waiting`: the agreement has not arrived yet; `rated`: turned into charges. */
export type UsageState = 'waiting' | 'rated';

/** Usage of one meter. The quantity is an exact decimal. */
export interface MeterTotal {
  readonly meter: string;
  readonly quantity: string;
  readonly events: number;
}

/** What metering counted for one agreement in one period. */
export interface UsagePeriod {
  readonly agreementId: string;
  readonly period: string;
  readonly periodId: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly totals: readonly MeterTotal[];
  readonly windows: number;
  readonly closedAt: Date;
  readonly state: UsageState;
}

/** One price component applied to the usage of a period. */
export interface PeriodCharge {
  readonly chargeId: string;
  readonly agreementId: string;
  readonly period: string;
  readonly merchantId: string;
  readonly buyerId: string;
  /** Position in the plan, from 1. */
  readonly lineNo: number;
  readonly componentId: string;
  readonly kind: string;
  readonly meter: string | null;
  readonly quantity: string;
  readonly unit: string;
  /** Exact decimal in major units. */
  readonly exactAmount: string;
  /** `exactAmount` rounded once to minor units. */
  readonly amountMinor: bigint;
  readonly currency: Currency;
  /** How the amount came about, for people. */
  readonly steps: readonly string[];
  readonly ruleVersion: string;
  readonly ratedAt: Date;
}

/** The terms that usage is rated by. */
export interface RatingTerms {
  readonly merchantId: string;
  readonly buyerId: string;
  readonly plan: AnyPricePlan;
}

/** A period's charges, and the credit bought ahead that is left after it. */
export interface RatedPeriod {
  readonly charges: readonly PeriodCharge[];
  readonly credits: readonly CreditLot[];
}

/** The ledger's bound: above any sum of this world. A figure beyond it is a mistake in a price or a count. */
const MAX_CHARGE_MINOR = 10n ** 18n;

/**
 * Turns the usage of a period into charges. The charges' ids follow from what they charge for, so that rating again
 * gives the same rows.
 *
 * @throws DomainException PRICE_PLAN_INVALID, USAGE_TOTALS_INVALID, RATING_TERM_INVALID or CHARGE_TOO_LARGE.
 */
export function ratePeriod(
  usage: UsagePeriod,
  terms: RatingTerms,
  { context, ratedAt }: { readonly context: RatingContext | null; readonly ratedAt: Date },
): RatedPeriod {
  const { agreementId, period } = usage;
  const rated = rateAny(terms.plan, usage, context);
  const charges = rated.charges.map((charge, index) => ({
    chargeId: deterministicId('chg', agreementId, period, charge.componentId),
    agreementId,
    period,
    merchantId: terms.merchantId,
    buyerId: terms.buyerId,
    lineNo: index + 1,
    componentId: charge.componentId,
    kind: charge.kind,
    meter: charge.meter,
    quantity: charge.quantity,
    unit: charge.unit,
    exactAmount: charge.amount,
    amountMinor: charge.amountMinor,
    currency: terms.plan.currency,
    steps: charge.explanation,
    ruleVersion: rated.ratingRuleVersion,
    ratedAt,
  }));
  const beyond = charges.find(({ amountMinor }) => amountMinor > MAX_CHARGE_MINOR || amountMinor < -MAX_CHARGE_MINOR);
  if (beyond !== undefined) {
    throw new DomainException(
      usageErrors.CHARGE_TOO_LARGE(
        `${beyond.componentId} of agreement ${agreementId}, ${period}: ${beyond.currency} ${beyond.exactAmount}.`,
      ),
    );
  }
  return { charges, credits: rated.credits };
}

/** What usage is of: an agreement in a period, told once. */
export function usageKey({ agreementId, period }: Pick<UsagePeriod, 'agreementId' | 'period'>): string {
  return `${agreementId} ${period}`;
}

/** True when two tellings of a period's usage say the same. */
export function sameUsage(a: UsagePeriod, b: UsagePeriod): boolean {
  const said = ({ periodId, totals }: UsagePeriod): string => {
    const sorted = [...totals].sort((x, y) => (x.meter < y.meter ? -1 : 1));
    return canonicalJson({ periodId, totals: sorted });
  };
  return said(a) === said(b);
}
