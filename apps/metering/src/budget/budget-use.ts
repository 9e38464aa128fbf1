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

/**
 * A budget's use with an event added, or taken out after a correction, down to nothing; undefined where the event is not
 * of its scope or its meters.
 */
export function usedWith(use: BudgetUse, event: BudgetedUse, sign: 1 | -1 = 1): BudgetUse | undefined {
  const { budget } = use;
  if (!isInScope(budget, event)) return undefined;
  return budget.measure.kind === 'money' ? spentWith(use, event, sign) : countedWith(use, event, sign);
}

function countedWith(use: BudgetUse, event: BudgetedUse, sign: 1 | -1): BudgetUse | undefined {
  const { measure } = use.budget;
  const taken = measure.kind === 'quantity' && event.quantities.find(({ meter }) => meter === measure.meter)?.quantity;
  return taken && !taken.isZero() ? { ...use, used: changed(use.used, taken, sign) } : undefined;
}

/** Rates all of the period again: what one more unit costs depends on all before it. */
function spentWith(use: BudgetUse, event: BudgetedUse, sign: 1 | -1): BudgetUse | undefined {
  const { measure } = use.budget;
  if (measure.kind !== 'money') return undefined;
  const priced = event.quantities.filter(({ meter, quantity }) => !quantity.isZero() && isPriced(measure.plan, meter));
  if (priced.length === 0) return undefined;
  const quantities = new Map(use.quantities);
  for (const { meter, quantity } of priced) {
    quantities.set(meter, changed(quantities.get(meter) ?? Decimal.zero, quantity, sign));
  }
  const totals = [...quantities].map(([meter, quantity]) => ({ meter, quantity: quantity.toString() }));
  const cost = usageCost(measure.plan, totals, formatInstant(use.period.startMs).slice(0, 7));
  return { ...use, quantities, used: moneyToDecimal(cost) };
}

function changed(before: Decimal, by: Decimal, sign: 1 | -1): Decimal {
  const after = before.plus(sign === 1 ? by : by.negated());
  return after.isNegative() ? Decimal.zero : after;
}

function isPriced({ components }: AnyPricePlan, meter: string): boolean {
  return components.some((component) => 'meter' in component && component.meter === meter);
}

/** Whether the event is of the budget's agreement, and of its key or project. */
function isInScope({ agreementId, scope, scopeValue }: Budget, use: BudgetedUse): boolean {
  if (use.agreementId !== agreementId) return false;
  if (scope === 'agreement') return true;
  return (JSON.parse(use.data) as Readonly<Record<string, unknown>>)[scope] === scopeValue;
}
