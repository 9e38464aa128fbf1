import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { type Prepared, runPrepared } from '../storage/prepared.statement.js';
import { formatInstant, utcMonth } from '../window/instant.js';
import type { BillingPeriod, Fence } from './billing-period.js';

/** A month that takes no more usage. `closing`: its events are still being published. */
export interface ClosedPeriod extends BillingPeriod {
  readonly state: 'closing' | 'closed';
  readonly agreements: number;
  readonly windows: number;
  readonly sealedAtMs: number;
  /** Whether what it publishes is known: all usage of it is counted. */
  readonly isListed: boolean;
  /** While it is not: where the partitions of the log ended when the closing began. */
  readonly fence: Fence;
}

/** What an agreement used in one hour, as it is published. */
export interface PublishedWindow {
  readonly agreementId: string;
  readonly windowStartMs: number;
  readonly totals: readonly { readonly meter: string; readonly quantity: string; readonly events: number }[];
}

/** An agreement whose part of a period waits to be published. */
export interface PendingAgreement {
  readonly agreementId: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly buyerId: string;
}

/** First word of our advisory locks; the two-word key space is used by nobody else in this database. */
const MONTH_LOCKS = 0x6d6f6e74;
/** No month of any usage. */
const ALL_CLOSERS = -1;

interface PeriodRow {
  readonly period: string;
  readonly time_zone: string;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly state: 'closing' | 'closed';
  readonly agreements: number;
  readonly windows: number;
  readonly sealed_at: Date;
  readonly listed_at: Date | null;
  readonly fence: Readonly<Record<string, string>> | null;
}

/** A row of a closed period with its fence. */
const PERIODS = `SELECT p.*, (SELECT json_object_agg(partition, next_offset::text) FROM usage_period_fences f
                              WHERE f.period = p.period) AS fence FROM usage_periods p`;

const KEEP_OPEN: Prepared = {
  name: 'metering-keep-open',
  text: 'SELECT pg_advisory_xact_lock_shared($1, month) FROM unnest($2::int[]) AS month',
};

const CLOSED_BETWEEN: Prepared = {
  name: 'metering-closed-between',
  text: `${PERIODS} WHERE starts_at <= $2 AND ends_at >= $1 ORDER BY starts_at`,
};

/** Months, which of them are closed, and the lock between counting usage and closing. */
@Injectable()
export class BillingPeriodRepository {
  /**
   * Keeps the UTC months of the instants from being closed until the transaction ends. Many batches share the lock;
   * an advisory one, because a shared row lock would write to the row for every request. Whether they are closed
   * already must be asked in a later statement, which then sees what was committed while this one waited.
   */
  async keepOpen(tx: Tx, instantsMs: Iterable<number>): Promise<void> {
    const months = [...new Set(Array.from(instantsMs, utcMonth))].sort((a, b) => a - b);
    if (months.length === 0) return;
    await runPrepared(tx, KEEP_OPEN, [MONTH_LOCKS, months]);
  }

  /**
   * Waits for every transaction that counts usage in the period, and holds off new ones until this one ends. Whoever
   * closes any period waits for whoever closes another, so that both see each other's borders.
   */
  async holdClosed(tx: Tx, period: BillingPeriod): Promise<void> {
    await tx.execute('SELECT pg_advisory_xact_lock($1, $2)', [MONTH_LOCKS, ALL_CLOSERS]);
    await tx.execute('SELECT pg_advisory_xact_lock($1, month) FROM generate_series($2::int, $3::int) AS month', [
      MONTH_LOCKS,
      utcMonth(period.startMs),
      utcMonth(period.endMs - 1),
    ]);
  }

  /** Closed periods that have an instant of [fromMs, untilMs] inside or at their edge. */
  async closedBetween(tx: Tx, fromMs: number, untilMs: number): Promise<readonly ClosedPeriod[]> {
    const rows = await runPrepared<PeriodRow>(tx, CLOSED_BETWEEN, [formatInstant(fromMs), formatInstant(untilMs)]);
    return rows.map(fromRow);
  }

  /** Those of the named periods that are closed. */
  async closed(tx: Tx, periods: readonly string[]): Promise<readonly ClosedPeriod[]> {
    const rows = await tx.query<PeriodRow>(`${PERIODS} WHERE period = ANY($1)`, [periods]);
    return rows.map(fromRow);
  }

  /** The closed period, locked until the transaction ends: of two publishers one works, the other waits. */
  async lock(tx: Tx, period: string): Promise<ClosedPeriod> {
    const rows = await tx.query<PeriodRow>(`${PERIODS} WHERE period = $1 FOR UPDATE OF p`, [period]);
    if (rows[0]) return fromRow(rows[0]);
    throw new Error(`The row of period ${period} is gone, though closed periods are never deleted.`);
  }

  /** Marks the period as closed to usage that becomes durable from now on. */
  async seal(tx: Tx, period: BillingPeriod, sealedAtMs: number): Promise<void> {
    const [startsAt, endsAt] = [formatInstant(period.startMs), formatInstant(period.endMs)];
    await tx.execute(
      `INSERT INTO usage_periods (period, time_zone, starts_at, ends_at, state, agreements, windows, sealed_at)
       VALUES ($1, $2, $3, $4, 'closing', 0, 0, $5)`,
      [period.period, period.timeZone, startsAt, endsAt, formatInstant(sealedAtMs)],
    );
  }

  /**
   * Lists the agreements whose part is to be published: all with usage in the period, and all that were in force at some
   * time of it, since a flat fee is due without any use.
   */
  async list(tx: Tx, period: ClosedPeriod): Promise<void> {
    const [startsAt, endsAt] = [formatInstant(period.startMs), formatInstant(period.endMs)];
    await tx.execute(
      `INSERT INTO usage_period_agreements (period, agreement_id)
       SELECT $1, agreement_id FROM usage_totals WHERE window_start >= $2 AND window_start < $3
       UNION
       SELECT $1, e.agreement_id FROM entitlements e
        WHERE e.valid_from < $3 AND e.valid_until > $2
          AND NOT EXISTS (SELECT FROM access_stops s
                           WHERE s.subject_id IN (e.entitlement_id, e.agreement_id)
                             AND s.stopped_at <= greatest($2::timestamptz, e.valid_from))
       UNION
       SELECT $1, agreement_id FROM usage_adjustments WHERE adjustment_period = $1
       UNION
       SELECT $1, agreement_id FROM late_usage`,
      [period.period, startsAt, endsAt],
    );
    await tx.execute(
      `UPDATE usage_periods p
          SET listed_at = now(),
              agreements = (SELECT count(*) FROM usage_period_agreements a WHERE a.period = p.period),
              windows = (SELECT count(*) FROM (SELECT DISTINCT agreement_id, date_bin('1 hour', window_start, p.starts_at)
                                                 FROM usage_totals
                                                WHERE window_start >= p.starts_at AND window_start < p.ends_at) w)
        WHERE period = $1`,
      [period.period],
    );
  }

  /** The next agreements to publish, at most `limit`. The caller holds the row of the period. */
  async pending(tx: Tx, period: string, limit: number): Promise<readonly PendingAgreement[]> {
    return tx.query<PendingAgreement>(
      `SELECT a.agreement_id AS "agreementId", e.product_id AS "productId",
              e.merchant_id AS "merchantId", e.buyer_id AS "buyerId"
         FROM usage_period_agreements a
         JOIN LATERAL (SELECT * FROM entitlements WHERE agreement_id = a.agreement_id
                        ORDER BY valid_from, entitlement_id LIMIT 1) e ON true
        WHERE a.period = $1 AND NOT a.is_published ORDER BY a.agreement_id LIMIT $2`,
      [period, limit],
    );
  }

  /** The hours with usage of the agreements in the period, counted from its start, in time order. */
  async windows(tx: Tx, period: BillingPeriod, agreementIds: readonly string[]): Promise<readonly PublishedWindow[]> {
    const rows = await tx.query<{ agreement_id: string; window_start: Date; totals: PublishedWindow['totals'] }>(
      `SELECT agreement_id, window_start,
              json_agg(json_build_object('meter', meter, 'quantity', trim_scale(quantity)::text, 'events', events)
                       ORDER BY meter) AS totals
         FROM (SELECT agreement_id, date_bin('1 hour', window_start, $2) AS window_start, meter,
                      sum(quantity) AS quantity, sum(events)::bigint AS events
                 FROM usage_totals WHERE agreement_id = ANY($1) AND window_start >= $2 AND window_start < $3
                GROUP BY 1, 2, 3) hours
        GROUP BY agreement_id, window_start ORDER BY agreement_id, window_start`,
      [agreementIds, formatInstant(period.startMs), formatInstant(period.endMs)],
    );
    return rows.map((row) => ({
      agreementId: row.agreement_id,
      windowStartMs: row.window_start.getTime(),
      totals: row.totals,
    }));
  }

  async markPublished(tx: Tx, period: string, agreementIds: readonly string[]): Promise<void> {
    await tx.execute(
      'UPDATE usage_period_agreements SET is_published = true WHERE period = $1 AND agreement_id = ANY($2)',
      [period, agreementIds],
    );
  }

  async markClosed(tx: Tx, period: string): Promise<void> {
    await tx.execute("UPDATE usage_periods SET state = 'closed' WHERE period = $1", [period]);
  }
}

function fromRow(row: PeriodRow): ClosedPeriod {
  return {
    period: row.period,
    timeZone: row.time_zone,
    startMs: row.starts_at.getTime(),
    endMs: row.ends_at.getTime(),
    state: row.state,
    agreements: row.agreements,
    windows: row.windows,
    sealedAtMs: row.sealed_at.getTime(),
    isListed: row.listed_at !== null,
    fence: new Map(Object.entries(row.fence ?? {}).map(([partition, next]) => [Number(partition), BigInt(next)])),
  };
}
