import { z } from 'zod';
import { type Currency, currencyDigits, Decimal, formatMoney, roundToMoney } from '@hetao/kernel';
import { cursorQuery } from '@hetao/runtime';
import { formatInstant } from '../window/instant.js';
import { type Budget, type BudgetUse, forecastMethod, forecastOf } from './budget.js';
import { moneyMethod, showMeasured } from './budget-use.js';
import type { AlertView } from './budget.repository.js';
import type { NewBudget } from './budget.use-cases.js';

const decimal = z
  .string()
  .max(40)
  .regex(/^(0|[1-9][0-9]{0,23})(\.[0-9]{1,12})?$/, 'must be a decimal of zero or more, such as "1000" or "0.5"');
const currencies = Object.keys(currencyDigits) as [Currency, ...Currency[]];
const scope = z
  .enum(['agreement', 'key', 'project'])
  .describe('data.key or data.project of an event says whose use it is');

export const newBudget = z
  .strictObject({
    agreement_id: z.string().min(1).max(64),
    scope: scope.default('agreement'),
    scope_value: z.string().min(1).max(200).nullable().default(null),
    meter: z.string().min(1).max(64).optional().describe('The limit is a quantity of this meter'),
    currency: z.enum(currencies).optional().describe('The limit is an amount of this currency; instead of a meter'),
    strength: z.enum(['hard', 'soft']).describe('hard refuses what would pass the limit, soft only tells'),
    limit: decimal,
    cadence: z.enum(['day', 'month']),
    time_zone: z.string().min(1).max(64).optional(),
    thresholds: z
      .array(z.int())
      .max(10)
      .default([50, 80])
      .describe('Percents of the limit at which it is told; 100 always is'),
  })
  .refine(({ meter, currency }) => (meter === undefined) !== (currency === undefined), {
    message: 'must name a meter or a currency, and not both',
    path: ['meter'],
  })
  .meta({ id: 'NewUsageBudget' });

export const budgetDto = z
  .object({
    budget_id: z.string(),
    agreement_id: z.string(),
    scope,
    scope_value: z.string().nullable(),
    meter: z.string().nullable().describe('Null for a budget in money'),
    currency: z.string().nullable().describe('Null for a budget of a meter'),
    strength: z.enum(['hard', 'soft']),
    limit: z.string(),
    cadence: z.enum(['day', 'month']),
    time_zone: z.string(),
    thresholds: z.array(z.int()),
    period_start: z.string(),
    period_end: z.string(),
    used: z.string(),
    forecast: z
      .object({
        total: z.string(),
        elapsed: z.string().describe('Share of the business time, 0 to 1'),
        method: z.string(),
      })
      .nullable()
      .describe('What the period comes to if it goes on so; null before its business has begun'),
    method: z.string().nullable().describe('How usage becomes money; null for a budget of a meter'),
  })
  .meta({ id: 'UsageBudget' });
export type BudgetDto = z.output<typeof budgetDto>;

export const budgetsQuery = z.object({ agreement_id: z.string().min(1).max(64) });
export const budgetListDto = z.object({ data: z.array(budgetDto) }).meta({ id: 'UsageBudgets' });

export const alertsQuery = cursorQuery.extend({ agreement_id: z.string().min(1).max(64) });
export const alertDto = z
  .object({
    alert_id: z.string(),
    budget_id: z.string(),
    cause: z.enum(['threshold', 'reached', 'forecast']),
    percent: z.int(),
    currency: z.string().nullable().describe('Null where limit and used are quantities of a meter'),
    limit: z.string(),
    used: z.string(),
    period_start: z.string(),
    period_end: z.string(),
    alerted_at: z.string(),
  })
  .meta({ id: 'UsageAlert' });
export type AlertDto = z.output<typeof alertDto>;

export const checkQuery = z.object({
  agreement_id: z.string().min(1).max(64),
  meter: z.string().min(1).max(64),
  quantity: decimal.default('1'),
  key: z.string().min(1).max(200).optional(),
  project: z.string().min(1).max(200).optional(),
});
export const checkDto = z
  .object({
    allowed: z.boolean(),
    reasons: z.array(z.object({ code: z.string(), detail: z.string(), fix: z.string() })),
  })
  .meta({ id: 'UsageCheck' });

/** What a budget is asked to count; the schema has seen to it that one of the two is named. */
export function measureOf({ meter, currency }: z.output<typeof newBudget>): NewBudget['measure'] {
  return currency === undefined ? { kind: 'quantity', meter: meter ?? '' } : { kind: 'money', currency };
}

/** A forecast in money is rounded to what can be paid. */
function showForecast(budget: Budget, total: Decimal): string {
  const { measure } = budget;
  return measure.kind === 'money' ? formatMoney(roundToMoney(total, measure.currency)) : total.toString();
}

/** @param nowMs for the forecast. */
export function toBudgetDto(use: BudgetUse, nowMs: number): BudgetDto {
  const { budget, period, used } = use;
  const { measure } = budget;
  const forecast = forecastOf(use, nowMs);
  return {
    budget_id: budget.budgetId,
    agreement_id: budget.agreementId,
    scope: budget.scope,
    scope_value: budget.scopeValue,
    meter: measure.kind === 'quantity' ? measure.meter : null,
    currency: measure.kind === 'money' ? measure.currency : null,
    strength: budget.strength,
    limit: showMeasured(budget, budget.limit),
    cadence: budget.cadence,
    time_zone: budget.timeZone,
    thresholds: [...budget.thresholds],
    period_start: formatInstant(period.startMs),
    period_end: formatInstant(period.endMs),
    used: showMeasured(budget, used),
    forecast: forecast
      ? { total: showForecast(budget, forecast.total), elapsed: forecast.elapsed.toString(), method: forecastMethod }
      : null,
    method: measure.kind === 'money' ? moneyMethod : null,
  };
}

export function toAlertDto(alert: AlertView): AlertDto {
  return {
    alert_id: alert.alertId,
    budget_id: alert.budgetId,
    cause: alert.cause,
    percent: alert.percent,
    currency: alert.currency,
    limit: alert.limit,
    used: alert.used,
    period_start: alert.periodStart.toISOString(),
    period_end: alert.periodEnd.toISOString(),
    alerted_at: alert.alertedAt.toISOString(),
  };
}

/** What a check asks about, as if it were an event. */
export function toUse(query: z.output<typeof checkQuery>) {
  const { key, project } = query;
  return {
    agreementId: query.agreement_id,
    quantities: [{ meter: query.meter, quantity: Decimal.parse(query.quantity) }],
    data: JSON.stringify({ key, project }),
  };
}
