import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { formatInstant, msPerHour } from './instant.js';
import { windowEndMs } from './usage-window.js';

/** One hour of one agreement. */
export interface WindowView {
  readonly windowStartMs: number;
  readonly isClosed: boolean;
  readonly totals: readonly MeterTotal[];
}

export interface MeterTotal {
  readonly meter: string;
  /** Exact decimal text. */
  readonly quantity: string;
  readonly events: number;
}

/** What an agreement used between two instants. */
export interface UsageSummary {
  readonly totals: readonly MeterTotal[];
  /** Hours with usage. */
  readonly windows: number;
}

/** Totals as they stand; usage is in them as soon as its request was answered. */
@Injectable()
export class UsageWindowQueries {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /**
   * Windows that start in [fromMs, untilMs), in time order.
   *
   * @param afterMs start of the last window of the page before.
   */
  async list(
    agreementId: string,
    range: { readonly fromMs: number; readonly untilMs: number; readonly afterMs: number | undefined },
    limit: number,
  ): Promise<readonly WindowView[]> {
    const { rows } = await this.database.withClient((client) =>
      client.query<{ window_start: Date; is_closed: boolean; totals: MeterTotal[] }>(
        `SELECT h.window_start,
                EXISTS (SELECT FROM usage_periods p WHERE p.starts_at <= h.window_start AND p.ends_at > h.window_start)
                  AS is_closed,
                json_agg(json_build_object('meter', meter, 'quantity', trim_scale(quantity)::text, 'events', events)
                         ORDER BY meter) AS totals
           FROM (SELECT date_bin('1 hour', window_start, 'epoch') AS window_start, meter,
                        sum(quantity) AS quantity, sum(events)::bigint AS events
                   FROM usage_totals
                  WHERE agreement_id = $1 AND window_start >= $2 AND window_start < $3 AND window_start >= $4
                  GROUP BY 1, 2) h
          GROUP BY h.window_start ORDER BY h.window_start LIMIT $5`,
        [
          agreementId,
          // Hours that start in the range, and the whole of each: its quarters begin up to an hour after its start.
          formatInstant(hourFrom(range.fromMs)),
          formatInstant(hourFrom(range.untilMs)),
          range.afterMs === undefined ? '-infinity' : formatInstant(windowEndMs(range.afterMs)),
          limit,
        ],
      ),
    );
    return rows.map((row) => ({
      windowStartMs: row.window_start.getTime(),
      isClosed: row.is_closed,
      totals: row.totals,
    }));
  }

  /** Sum of each meter over the windows that start in [fromMs, untilMs), by name of the meter. */
  async summary(agreementId: string, fromMs: number, untilMs: number): Promise<UsageSummary> {
    const range = [agreementId, formatInstant(fromMs), formatInstant(untilMs)];
    return this.database.withClient(async (client) => {
      const { rows: totals } = await client.query<MeterTotal & { windows: number }>(
        `SELECT meter, trim_scale(sum(quantity))::text AS quantity, sum(events)::float8 AS events
           FROM usage_totals WHERE agreement_id = $1 AND window_start >= $2 AND window_start < $3
          GROUP BY meter ORDER BY meter`,
        range,
      );
      const { rows } = await client.query<{ windows: number }>(
        `SELECT count(DISTINCT date_bin('1 hour', window_start, $2))::int AS windows
           FROM usage_totals WHERE agreement_id = $1 AND window_start >= $2 AND window_start < $3`,
        range,
      );
      return { totals, windows: rows[0]?.windows ?? 0 };
    });
  }
}

/** The first UTC hour that starts at or after an instant. */
function hourFrom(ms: number): number {
  return Math.ceil(ms / msPerHour) * msPerHour;
}
