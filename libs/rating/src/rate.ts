import {
  Decimal,
  DomainException,
  formatMoney,
  money,
  roundToMoney,
  sumMoney,
  unwrap,
  type Currency,
  type Money,
} from '@hetao/kernel';
import type { PriceComponent, PricePlan } from './price-plan.js';
import { priceComponent } from './pricing.js';
import { ratingErrors } from './rating.errors.js';
import { validatePlan } from './validate-plan.js';

/** The rule these figures were made by, to be kept with them; another rule is another version. */
export const ratingRuleVersion = 'rating-1';

/** Usage of one meter in the period, as `usage-period-closed` carries it. */
export interface UsageTotal {
  readonly meter: string;
  /** Exact decimal ≥ 0. */
  readonly quantity: string;
}

/** What is rated: one agreement's plan and its usage of one period. */
export interface RatingInput {
  readonly plan: PricePlan;
  readonly totals: readonly UsageTotal[];
  /** `2015-05`. */
  readonly period: string;
}

/** One line of an invoice. */
export interface Charge {
  readonly componentId: string;
  readonly kind: PriceComponent['kind'];
  /** Null for a flat amount. */
  readonly meter: string | null;
  /** Exact decimal: units used, or 1 period. */
  readonly quantity: string;
  /** The meter's name, or `period`. */
  readonly unit: string;
  /** Exact decimal in major units, nothing rounded. */
  readonly amount: string;
  /** `amount` in minor units, rounded half up: the only rounding there is. */
  readonly amountMinor: bigint;
  /** How the amount came about, in English, one step an entry: enough to do it again by hand. */
  readonly explanation: readonly string[];
}

/** A period's usage turned into money. */
export interface RatedUsage {
  readonly ratingRuleVersion: typeof ratingRuleVersion;
  readonly period: string;
  readonly charges: readonly Charge[];
  /** The sum of the rounded lines, before tax. */
  readonly net: Money;
  /** Usage no component prices: free, and said so. */
  readonly unpriced: readonly UsageTotal[];
}

/**
 * Turns usage into charges, one a component, in the plan's order. Pure: the same input gives the same figures in the
 * settlement service, in an auditor's script and in the buyer's browser. A meter without usage counts as zero.
 *
 * @throws DomainException PRICE_PLAN_INVALID or USAGE_TOTALS_INVALID.
 */
export function rate({ plan, totals, period }: RatingInput): RatedUsage {
  const { currency, components } = unwrap(validatePlan(plan));
  const usage = readTotals(totals);
  const charges = components.map((component) => chargeOf(component, usage, currency, period));
  const priced = new Set(charges.map(({ meter }) => meter));
  return {
    ratingRuleVersion,
    period,
    charges,
    net: sumMoney(
      currency,
      charges.map(({ amountMinor }) => money(amountMinor, currency)),
    ),
    unpriced: totals.filter(({ meter }) => !priced.has(meter)).map(({ meter, quantity }) => ({ meter, quantity })),
  };
}

/** @throws DomainException USAGE_TOTALS_INVALID. */
export function readTotals(totals: readonly UsageTotal[]): ReadonlyMap<string, Decimal> {
  const usage = new Map<string, Decimal>();
  totals.forEach(({ meter, quantity }, index) => {
    const value = Decimal.isDecimal(quantity) ? Decimal.parse(quantity) : undefined;
    if (value === undefined || value.isNegative()) {
      throw badTotal(`/totals/${index}/quantity`, `"${quantity}" is not a decimal of zero or more`);
    }
    if (usage.has(meter)) throw badTotal(`/totals/${index}/meter`, `the meter "${meter}" is given twice`);
    usage.set(meter, value);
  });
  return usage;
}

function badTotal(pointer: string, reason: string): DomainException {
  return new DomainException(ratingErrors.USAGE_TOTALS_INVALID(`${pointer}: ${reason}.`, { pointer }));
}

function chargeOf(
  component: PriceComponent,
  usage: ReadonlyMap<string, Decimal>,
  currency: Currency,
  period: string,
): Charge {
  const priced = priceComponent(component, usage, currency);
  const rounded = roundToMoney(priced.amount, currency);
  return {
    componentId: component.id,
    kind: component.kind,
    meter: priced.meter,
    quantity: priced.quantity.toString(),
    unit: priced.unit,
    amount: priced.amount.toString(),
    amountMinor: rounded.amountMinor,
    explanation: [
      `${priced.quantity.toString()} ${priced.unit} in ${period}`,
      ...priced.steps,
      `${currency} ${priced.amount.toString()}, rounded half up: ${currency} ${formatMoney(rounded)}`,
    ],
  };
}
