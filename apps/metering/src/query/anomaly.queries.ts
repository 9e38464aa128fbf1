import { Injectable } from '@nestjs/common';
import { Decimal } from '@hetao/kernel';
import type { Queryable } from '@hetao/clearance';
import { type Interval, type OffsetAt, windowsIn } from '../window/calendar.js';
import { formatInstant, msPerDay } from '../window/instant.js';
import { quarterStart } from '../window/usage-window.js';
import { type AnomalyVerdict, judgeHour } from './anomaly.js';

/** One hour with its verdict and the weeks it was judged by, the latest first. */
export interface JudgedHour extends AnomalyVerdict {
  readonly window: Interval;
  readonly value: Decimal;
  readonly weeks: readonly { readonly startMs: number; readonly value: Decimal }[];
}

export const weeksBack = 8;
const MS_PER_WEEK = 7 * msPerDay;

/** Hours that are not like the same hour of earlier weeks. */
@Injectable()
export class AnomalyQueries {
  /** Judges every hour of a wall clock in the range. @param range at most some days: each hour costs eight others. */
  async judge(
    client: Queryable,
    { agreementId, meter }: { readonly agreementId: string; readonly meter: string },
    range: Interval,
    offsetAt: OffsetAt,
  ): Promise<readonly JudgedHour[]> {
    const from = range.startMs - (weeksBack + 1) * MS_PER_WEEK;
    const { rows } = await client.query<{ window_start: Date; quantity: string; first: Date }>(
      `SELECT window_start, quantity::text AS quantity,
              (SELECT min(window_start) FROM usage_totals WHERE agreement_id = $1 AND meter = $2) AS first
         FROM usage_totals WHERE agreement_id = $1 AND meter = $2 AND window_start >= $3 AND window_start < $4`,
      [agreementId, meter, formatInstant(from), formatInstant(range.endMs + msPerDay)],
    );
    const quarters = new Map(rows.map((row) => [row.window_start.getTime(), Decimal.parse(row.quantity)]));
    const firstMs = rows[0]?.first.getTime() ?? range.endMs;
    return windowsIn(range, 'hour', offsetAt).map((window) => {
      const value = sumOf(quarters, window);
      const weeks = earlierHours(window, offsetAt)
        // Before its first usage there was nothing to compare with: those weeks are unknown, not zero.
        .filter(({ startMs }) => startMs >= firstMs)
        .map((hour) => ({ startMs: hour.startMs, value: sumOf(quarters, hour) }));
      return {
        window,
        value,
        weeks,
        ...judgeHour(
          value,
          weeks.map((week) => week.value),
        ),
      };
    });
  }
}

/** The same hour on the wall of earlier weeks: daylight saving may have moved it by an hour. */
function earlierHours({ startMs, endMs }: Interval, offsetAt: OffsetAt): readonly Interval[] {
  return Array.from({ length: weeksBack }, (_, at) => {
    const back = startMs - (at + 1) * MS_PER_WEEK;
    const moved = back + offsetAt(startMs) - offsetAt(back);
    return { startMs: moved, endMs: moved + endMs - startMs };
  });
}

function sumOf(quarters: ReadonlyMap<number, Decimal>, { startMs, endMs }: Interval): Decimal {
  let sum = Decimal.zero;
  for (let at = quarterStart(startMs); at < endMs; at += QUARTER) sum = sum.plus(quarters.get(at) ?? Decimal.zero);
  return sum;
}

const QUARTER = 900_000;
