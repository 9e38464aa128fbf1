import { type Currency, currencyDigits, Decimal, moneyToDecimal } from '@hetao/kernel';
import type { AnyPricePlan } from '@hetao/rating';
import { usageCost } from '../terms/usage-cost.js';
import { formatInstant } from '../window/instant.js';
import type { Interval } from '../window/calendar.js';

/** What a budget counts: units of one meter, or what its agreement's plan charges for usage, before tax. */
export type Measure =
  | { readonly kind: 'quantity'; readonly meter: string }
  | { readonly kind: 'money'; readonly currency: Currency; readonly plan: AnyPricePlan };

/** How much may be used or spent in a day or month: by an agreement, or by one key or project of its buyer. */
export interface Budget {
  readonly budgetId: string;
  readonly agreementId: string;
  readonly scope: 'agreement' | 'key' | 'project';
  /** What an event says at data.key or data.project; null for the whole agreement. */
  readonly scopeValue: string | null;
  readonly measure: Measure;
  /** `hard` refuses what would pass the limit; `soft` only tells. */
  readonly strength: 'hard' | 'soft';
  /** Units of the meter, or major units of the currency. */
  readonly limit: Decimal;
  readonly cadence: 'day' | 'month';
  readonly timeZone: string;
  /** Percent of the limit at which somebody is told, in rising order. */
  readonly thresholds: readonly number[];
}

/** What was taken of a budget in one of its periods. */
export interface BudgetUse {
  readonly budget: Budget;
  readonly period: Interval;
  /** As the limit. */
  readonly used: Decimal;
  /** What a budget in money rates, by meter. */
  readonly quantities: ReadonlyMap<string, Decimal>;
  /** Highest threshold that was told of. */
  readonly alertedPercent: number;
  readonly isForecastAlerted: boolean;
}

/** What an event takes. */
export interface BudgetedUse {
  readonly agreementId: string;
  readonly timeMs: number;
  readonly quantities: readonly { readonly meter: string; readonly quantity: Decimal }[];
  /** JSON. */
  readonly data: string;
}

/** Said with every budget in money, so that nobody takes it for the invoice. */
export const moneyMethod =
  'What the plan charges for the usage of the period and of the scope, as if nobody else had used anything: fixed fees, ' +
  'minimums, prepaid credit and tax are not in it, and tiers begin anew.';

/** What is counted, as it is named to people: "calls", "CNY". */
export function unitOf({ measure }: Budget): string {
  return measure.kind === 'money' ? measure.currency : measure.meter;
}

/** An amount or quantity of a budget as text. */
export function showMeasured({ measure }: Budget, value: Decimal): string {
  if (measure.kind === 'quantity') return value.toString();
  return value.toFixed(currencyDigits[measure.currency]);
}

/** A budget of which nothing was taken yet. */
export function unused(budget: Budget, period: Interval): BudgetUse {
  return {
    budget,
    period,
    used: Decimal.zero,
    quantities: new Map(),
    alertedPercent: 0,
    isForecastAlerted: false,
  };
}

/** Whether an event takes anything of a budget: it is of its agreement, key or project, and of a meter that it counts. */
export function touches(budget: Budget, { agreementId, quantities, data }: BudgetedUse): boolean {
  if (agreementId !== budget.agreementId) return false;
  if (!quantities.some(({ meter, quantity }) => !quantity.isZero() && counts(budget.measure, meter))) return false;
  if (budget.scope === 'agreement') return true;
  return (JSON.parse(data) as Readonly<Record<string, unknown>>)[budget.scope] === budget.scopeValue;
}

/**
 * A budget's use with an event added, or taken out after a correction, down to nothing; undefined where the event does not
 * touch it. One in money is rated anew: what one more unit costs depends on all before it.
 */
export function usedWith(use: BudgetUse, event: BudgetedUse, sign: 1 | -1 = 1): BudgetUse | undefined {
  const { measure } = use.budget;
  if (!touches(use.budget, event)) return undefined;
  const taken = event.quantities.filter(({ meter }) => counts(measure, meter));
  if (measure.kind === 'quantity') {
    return { ...use, used: taken.reduce((sum, { quantity }) => changed(sum, quantity, sign), use.used) };
  }
  const quantities = new Map(use.quantities);
  for (const { meter, quantity } of taken) {
    quantities.set(meter, changed(quantities.get(meter) ?? Decimal.zero, quantity, sign));
  }
  const totals = [...quantities].map(([meter, quantity]) => ({ meter, quantity: quantity.toString() }));
  const cost = usageCost(measure.plan, totals, formatInstant(use.period.startMs).slice(0, 7));
  return { ...use, quantities, used: moneyToDecimal(cost) };
}

function counts(measure: Measure, meter: string): boolean {
  if (measure.kind === 'quantity') return measure.meter === meter;
  return measure.plan.components.some((component) => 'meter' in component && component.meter === meter);
}

function changed(before: Decimal, by: Decimal, sign: 1 | -1): Decimal {
  const after = before.plus(sign === 1 ? by : by.negated());
  return after.isNegative() ? Decimal.zero : after;
}
