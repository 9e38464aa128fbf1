import { err, ok, type Result } from '@hetao/kernel';
import { dayStart, type OffsetAt, offsetOf } from '../window/calendar.js';
import { formatInstant } from '../window/instant.js';
import { msPerQuarter } from '../window/usage-window.js';
import { billingPeriodErrors, type BillingPeriodError } from './billing-period.errors.js';

/**
 * A calendar month in a time zone, as the UTC instants between which its usage lies.
 * Usage is summed by the quarter hour, so a month must begin and end on one; since 1972 every month everywhere does.
 */
export interface BillingPeriod {
  /** YYYY-MM. */
  readonly period: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly startMs: number;
  /** First instant of the next month. */
  readonly endMs: number;
}

/** Of each partition of the log the offset below which packs belong to a month although its closing has begun. */
export type Fence = ReadonlyMap<number, bigint>;

/** Whether usage was durable in the log before the closing began. @param place undefined: it came without a log. */
export function isBefore(
  fence: Fence,
  place: { readonly partition: number; readonly offset: bigint } | undefined,
): boolean {
  return place !== undefined && place.offset < (fence.get(place.partition) ?? 0n);
}

const PERIOD = /^(19[7-9]\d|2\d{3})-(0[1-9]|1[0-2])$/;

/**
 * The month `period` in `timeZone`.
 *
 * @param timeZone an IANA name. A month that does not begin on a quarter hour (Liberia until 1972) is refused, not rounded.
 */
export function billingPeriod(period: string, timeZone: string): Result<BillingPeriod, BillingPeriodError> {
  const parts = PERIOD.exec(period);
  if (!parts) return err(billingPeriodErrors.USAGE_PERIOD_INVALID(`"${period.slice(0, 20)}" is no calendar month.`));
  const offsetAt = offsetOf(timeZone);
  if (!offsetAt) {
    return err(
      billingPeriodErrors.USAGE_TIME_ZONE_UNKNOWN(`"${timeZone.slice(0, 64)}" is no IANA time zone.`, {
        pointer: '/time_zone',
      }),
    );
  }
  const number = Number(parts[1]) * 12 + Number(parts[2]) - 1;
  const startMs = monthStart(number, offsetAt);
  const endMs = monthStart(number + 1, offsetAt);
  if (startMs % msPerQuarter !== 0 || endMs % msPerQuarter !== 0) {
    return err(
      billingPeriodErrors.USAGE_TIME_ZONE_UNSUPPORTED(
        `${period} in ${timeZone} does not begin and end on a quarter hour.`,
        {
          pointer: '/time_zone',
        },
      ),
    );
  }
  return ok({ period, timeZone, startMs, endMs });
}

/** The month before or after, `YYYY-MM`. */
export function neighbour(period: string, months: 1 | -1): string {
  const number = Number(period.slice(0, 4)) * 12 + Number(period.slice(5)) - 1 + months;
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/**
 * Whether the period may be closed now, beside the ones that are closed already.
 *
 * @param closed closed periods; only the same month and its neighbours matter.
 */
export function mayClose(
  wanted: BillingPeriod,
  closed: readonly BillingPeriod[],
  nowMs: number,
): Result<'close' | 'closed already', BillingPeriodError> {
  const same = closed.find((one) => one.period === wanted.period);
  if (same?.timeZone === wanted.timeZone) return ok('closed already');
  if (same) {
    return err(
      billingPeriodErrors.USAGE_PERIOD_CLOSED_IN_OTHER_ZONE(`${wanted.period} was closed in ${same.timeZone}.`),
    );
  }
  if (nowMs < wanted.endMs) {
    return err(
      billingPeriodErrors.USAGE_PERIOD_NOT_ENDED(
        `${wanted.period} in ${wanted.timeZone} ends at ${formatInstant(wanted.endMs)}; it is ${formatInstant(nowMs)}.`,
      ),
    );
  }
  const before = closed.find((one) => one.period === neighbour(wanted.period, -1));
  if (before && before.endMs !== wanted.startMs) return err(notAdjacent(wanted, before));
  const after = closed.find((one) => one.period === neighbour(wanted.period, 1));
  if (after && after.startMs !== wanted.endMs) return err(notAdjacent(wanted, after));
  return ok('close');
}

function notAdjacent(wanted: BillingPeriod, closed: BillingPeriod): BillingPeriodError {
  return billingPeriodErrors.USAGE_PERIOD_NOT_ADJACENT(
    `${closed.period} was closed in ${closed.timeZone}, from ${formatInstant(closed.startMs)} to ${formatInstant(closed.endMs)}; ` +
      `${wanted.period} in ${wanted.timeZone} runs from ${formatInstant(wanted.startMs)} to ${formatInstant(wanted.endMs)}.`,
    { pointer: '/time_zone' },
  );
}

/** @param number months since January of year 0. */
function monthStart(number: number, offsetAt: OffsetAt): number {
  return dayStart({ year: Math.floor(number / 12), month: (number % 12) + 1, day: 1 }, offsetAt);
}
