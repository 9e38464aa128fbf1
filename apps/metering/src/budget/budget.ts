import { Decimal, err, ok, type Result } from '@hetao/kernel';
import { isAmount } from '../terms/usage-cost.js';
import { civilDayAt, type Interval, type OffsetAt, offsetOf, windowsIn } from '../window/calendar.js';
import { daysFromCivil } from '../window/instant.js';
import { type Budget, type BudgetedUse, type BudgetUse, usedWith } from './budget-use.js';
import { budgetErrors, type BudgetError } from './budget.errors.js';

export type { Budget, BudgetedUse, BudgetUse };

export interface LimitAlert {
  readonly cause: 'threshold' | 'reached' | 'forecast';
  readonly percent: number;
}

/** A budget that makes sense. */
export function checkBudget(budget: Budget, meters: readonly string[]): Result<Budget, BudgetError> {
  const fault = faultOf(budget, meters);
  if (fault === undefined) return ok(budget);
  return err(budgetErrors.BUDGET_INVALID(`${fault[0]} ${fault[1]}`, { pointer: fault[0] }));
}

function faultOf({ scope, scopeValue, measure, limit, thresholds, timeZone }: Budget, meters: readonly string[]) {
  if (measure.kind === 'quantity' && !meters.includes(measure.meter)) {
    return ['/meter', `must be one of ${meters.join(', ')}.`] as const;
  }
  if (measure.kind === 'money' && measure.plan.currency !== measure.currency) {
    return ['/currency', `must be ${measure.plan.currency}, in which the agreement is priced.`] as const;
  }
  if (measure.kind === 'money' && !isAmount(limit, measure.currency)) {
    return ['/limit', `is no amount of ${measure.currency}: it has too many decimal places.`] as const;
  }
  if (limit.isNegative() || limit.isZero()) return ['/limit', 'must be more than zero.'] as const;
  if ((scope === 'agreement') !== (scopeValue === null)) {
    return ['/scope_value', 'names the key or project, and nothing for a whole agreement.'] as const;
  }
  const isRising = thresholds.every((one, at) => one >= 1 && one <= 1000 && one > (thresholds[at - 1] ?? 0));
  if (!isRising) return ['/thresholds', 'must be rising percents from 1 to 1000.'] as const;
  return offsetOf(timeZone) ? undefined : (['/time_zone', 'is no IANA time zone.'] as const);
}

/** The period of a budget that an instant lies in. */
export function budgetPeriod({ cadence, timeZone }: Budget, timeMs: number): Interval {
  const offsetAt = offsetOf(timeZone);
  const [window] = offsetAt ? windowsIn({ startMs: timeMs, endMs: timeMs + 1 }, cadence, offsetAt) : [];
  if (!window) throw new RangeError(`${timeZone} was checked when the budget was set.`);
  return window;
}

/** The budgets a batch touches, while its events take from them one after the other. Their rows are locked. */
export class BudgetBook {
  readonly #uses: BudgetUse[];
  readonly #loaded: readonly BudgetUse[];

  constructor(uses: readonly BudgetUse[]) {
    this.#uses = [...uses];
    this.#loaded = uses;
  }

  /** The hard budget that the use would pass, if any. Nothing is taken. */
  tooSmall(use: BudgetedUse): BudgetUse | undefined {
    return this.#uses.find((one) => {
      if (one.budget.strength !== 'hard' || !isWithin(one.period, use)) return false;
      const after = usedWith(one, use);
      // What costs nothing more is let in, also where more than the limit was spent before it was set.
      return after !== undefined && after.used.compare(one.budget.limit) > 0 && after.used.compare(one.used) > 0;
    });
  }

  /** Takes what was used from every budget; -1 gives it back after a correction, down to nothing. */
  take(use: BudgetedUse, sign: 1 | -1 = 1): void {
    this.#uses.forEach((one, at) => {
      if (isWithin(one.period, use)) this.#uses[at] = usedWith(one, use, sign) ?? one;
    });
  }

  /** The uses that changed. */
  changed(): readonly BudgetUse[] {
    return this.#uses.filter((use, at) => use !== this.#loaded[at]);
  }
}

function isWithin({ startMs, endMs }: Interval, { timeMs }: BudgetedUse): boolean {
  return startMs <= timeMs && timeMs < endMs;
}

const HUNDRED = Decimal.of(100);
/** Before a tenth of the period's business is over, a forecast is a guess. */
const LEAST_ELAPSED = Decimal.parse('0.1');
const DIGITS = 12;

/** What is to be told of a use that changed, and the use as it is then. */
export function alertsOf(
  use: BudgetUse,
  nowMs: number,
): { readonly use: BudgetUse; readonly alerts: readonly LimitAlert[] } {
  const { budget, used, alertedPercent } = use;
  const percents = [...new Set([...budget.thresholds, 100])].sort((a, b) => a - b);
  const passed = percents.filter(
    (percent) => percent > alertedPercent && used.times(HUNDRED).compare(budget.limit.times(Decimal.of(percent))) >= 0,
  );
  const alerts: LimitAlert[] = passed.map((percent) => ({ cause: percent === 100 ? 'reached' : 'threshold', percent }));
  const told = { ...use, alertedPercent: passed.at(-1) ?? alertedPercent };
  const forecast = forecastOf(use, nowMs);
  const isOver =
    forecast !== undefined && forecast.elapsed.compare(LEAST_ELAPSED) >= 0 && forecast.total.compare(budget.limit) > 0;
  if (!isOver || use.isForecastAlerted || used.compare(budget.limit) >= 0) return { use: told, alerts };
  const percent = Number(forecast.total.times(HUNDRED).dividedBy(budget.limit, 0, 'floor').toString());
  alerts.push({ cause: 'forecast', percent: Math.min(percent, 1000) });
  return { use: { ...told, isForecastAlerted: true }, alerts };
}

/** A forecast of what a period will come to. */
export interface Forecast {
  readonly total: Decimal;
  /** Share of the period's business that is over, 0 to 1. */
  readonly elapsed: Decimal;
}

/** Said with every forecast, so that nobody takes it for more. */
export const forecastMethod =
  'linear: what was used, divided by the share of the period’s business time that is over. Business time is Monday to Friday in the zone of the budget, holidays included; a period without any counts by the clock.';

/** Where the use goes if it goes on as it did; undefined before the period's business has begun. */
export function forecastOf({ budget, period, used }: BudgetUse, nowMs: number): Forecast | undefined {
  const offsetAt = offsetOf(budget.timeZone);
  if (!offsetAt) return undefined;
  const until = Math.min(Math.max(nowMs, period.startMs), period.endMs);
  const whole = businessMs(period, offsetAt);
  const over = businessMs({ startMs: period.startMs, endMs: until }, offsetAt);
  const [total, done] = whole === 0 ? [period.endMs - period.startMs, until - period.startMs] : [whole, over];
  if (done === 0) return undefined;
  return {
    total: used.times(Decimal.of(total)).dividedBy(Decimal.of(done), DIGITS, 'half_even'),
    elapsed: Decimal.of(done).dividedBy(Decimal.of(total), DIGITS, 'half_even'),
  };
}

/** Time of an interval that lies on a Monday to Friday, in ms. */
export function businessMs(interval: Interval, offsetAt: OffsetAt): number {
  if (interval.endMs <= interval.startMs) return 0;
  return windowsIn(interval, 'day', offsetAt)
    .filter(({ startMs }) => isWeekday(startMs, offsetAt))
    .reduce((sum, day) => sum + Math.min(day.endMs, interval.endMs) - Math.max(day.startMs, interval.startMs), 0);
}

function isWeekday(ms: number, offsetAt: OffsetAt): boolean {
  const { year, month, day } = civilDayAt(ms, offsetAt);
  // 1970-01-01 was a Thursday.
  const weekday = (((daysFromCivil(year, month, day) + 4) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6;
}
