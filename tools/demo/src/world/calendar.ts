/** The zone the demo's months are months of: the exchange's own. It has no daylight saving. */
export const ZONE = 'Asia/Shanghai';
const ZONE_OFFSET_MS = 8 * 3_600_000;

export const HOUR_MS = 3_600_000;

/** A calendar month of the exchange's zone. */
export interface Month {
  /** `2026-10`. */
  readonly period: string;
  readonly startMs: number;
  /** First instant of the next month. */
  readonly endMs: number;
}

/** The months the demo plays in. */
export interface Calendar {
  /** Closed, with one whole trade. */
  readonly earlier: Month;
  /** Used, invoiced, partly paid. */
  readonly last: Month;
  /** Running when the demo was made. */
  readonly current: Month;
  readonly next: Month;
}

/** The months around an instant. */
export function calendarAt(instantMs: number): Calendar {
  const local = new Date(instantMs + ZONE_OFFSET_MS);
  const number = local.getUTCFullYear() * 12 + local.getUTCMonth();
  return {
    earlier: monthOf(number - 2),
    last: monthOf(number - 1),
    current: monthOf(number),
    next: monthOf(number + 1),
  };
}

/** The calendar whose `earlier` month begins then: how a demo that was made before finds its own time again. */
export function calendarFrom(earlierStartMs: number): Calendar {
  const { next } = calendarAt(earlierStartMs);
  return calendarAt(calendarAt(next.startMs).next.startMs);
}

/** The first instant of the month so many months later, as the API writes it. */
export function monthsAfter(month: Month, months: number): string {
  return new Date(monthOf(numberOf(month) + months).startMs).toISOString();
}

/** The calendar date of an instant in the exchange's zone, `2026-11-22`. */
export function dateOf(instant: string | number): string {
  return new Date(new Date(instant).getTime() + ZONE_OFFSET_MS).toISOString().slice(0, 10);
}

/** Hour of the day (0–23) and day of the week (0 is Sunday) in the exchange's zone. */
export function localHour(instantMs: number): { readonly hour: number; readonly weekday: number } {
  const local = new Date(instantMs + ZONE_OFFSET_MS);
  return { hour: local.getUTCHours(), weekday: local.getUTCDay() };
}

function numberOf({ period }: Month): number {
  return Number(period.slice(0, 4)) * 12 + Number(period.slice(5)) - 1;
}

/** Months are counted from year 0. */
function monthOf(number: number): Month {
  const startOf = (n: number) => Date.UTC(Math.floor(n / 12), n % 12, 1) - ZONE_OFFSET_MS;
  return {
    period: `${String(Math.floor(number / 12))}-${String((number % 12) + 1).padStart(2, '0')}`,
    startMs: startOf(number),
    endMs: startOf(number + 1),
  };
}
