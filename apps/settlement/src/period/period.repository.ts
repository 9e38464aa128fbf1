import { unwrap } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { SettlementPeriodRow } from './period.entity.js';
import { periodBounds, type SettlementPeriod } from './period.js';

/** How much usage of a period is here. */
export interface UsageArrival {
  readonly expected: number | null;
  readonly completedAt: Date | null;
  readonly rated: number;
  /** Arrived before their agreement did; at most 100 of them. */
  readonly waiting: readonly string[];
}

/** A span of time that takes no postings any more. */
export interface ClosedSpan {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Settlement periods: begun by the first usage of a month, held by one row that is also their lock. */
@Injectable()
export class PeriodRepository {
  /**
   * Begins the period if nobody has, and keeps it from being invoiced or closed until the transaction ends.
   *
   * @throws DomainException PERIOD_MALFORMED.
   */
  async begin(tx: Tx, period: string, timeZone: string): Promise<SettlementPeriod> {
    const { startsAtMs, endsAtMs } = unwrap(periodBounds(period, timeZone));
    await tx.execute(
      `INSERT INTO settlement_periods (period, time_zone, starts_at, ends_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (period) DO NOTHING`,
      [period, timeZone, new Date(startsAtMs), new Date(endsAtMs)],
    );
    await tx.query('SELECT 1 FROM settlement_periods WHERE period = $1 FOR SHARE', [period]);
    return tx.manager.findOneByOrFail(SettlementPeriodRow, { period });
  }

  /** Metering has closed the month: how many agreements to wait for. */
  async complete(tx: Tx, completion: { period: string; agreements: number; closedAt: Date }): Promise<void> {
    await tx.execute(
      `UPDATE settlement_periods SET agreements_expected = $2, usage_completed_at = $3
        WHERE period = $1 AND closed_at IS NULL`,
      [completion.period, completion.agreements, completion.closedAt],
    );
  }

  /** Takes the period for itself: invoicing, paying out and closing one period happen one after the other. */
  async lock(tx: Tx, period: string): Promise<SettlementPeriod | null> {
    await tx.query('SELECT 1 FROM settlement_periods WHERE period = $1 FOR NO KEY UPDATE', [period]);
    return tx.manager.findOneBy(SettlementPeriodRow, { period });
  }

  find(tx: Tx, period: string): Promise<SettlementPeriod | null> {
    return tx.manager.findOneBy(SettlementPeriodRow, { period });
  }

  /**
   * Waits for every posting under way, and keeps new ones waiting until the transaction ends. Take the period's own
   * lock first: everybody else does, and the other order could end in a deadlock.
   */
  async holdPostings(tx: Tx): Promise<void> {
    await tx.query('SELECT ledger_hold_closing()');
  }

  async close(
    tx: Tx,
    close: { readonly period: string; readonly closedAt: Date; readonly closedBy: string; readonly totals: unknown },
  ): Promise<void> {
    await tx.execute(
      `UPDATE settlement_periods SET closed_at = $2, closed_by = $3, totals = $4
        WHERE period = $1 AND closed_at IS NULL`,
      [close.period, close.closedAt, close.closedBy, JSON.stringify(close.totals)],
    );
  }

  async usageArrival(tx: Tx, period: string): Promise<UsageArrival> {
    const [row] = await tx.query<{
      expected: number | null;
      completed_at: Date | null;
      rated: string;
      waiting: string[];
    }>(
      `SELECT p.agreements_expected AS expected, p.usage_completed_at AS completed_at,
              (SELECT count(*) FROM usage_periods u WHERE u.period = p.period AND u.state = 'rated') AS rated,
              ARRAY(SELECT u.agreement_id FROM usage_periods u WHERE u.period = p.period AND u.state = 'waiting'
                     ORDER BY u.agreement_id LIMIT 100) AS waiting
         FROM settlement_periods p WHERE p.period = $1`,
      [period],
    );
    if (row === undefined) return { expected: null, completedAt: null, rated: 0, waiting: [] };
    return { expected: row.expected, completedAt: row.completed_at, rated: Number(row.rated), waiting: row.waiting };
  }

  /** Closed spans that touch the dates. Ask after the ledger's `holdOpen`, or the answer may be old. */
  async closedSpans(tx: Tx, dates: readonly Date[]): Promise<readonly ClosedSpan[]> {
    const rows = await tx.query<{ starts_at: Date; ends_at: Date }>(
      `SELECT DISTINCT s.starts_at, s.ends_at FROM settlement_periods s JOIN unnest($1::timestamptz[]) d
           ON d >= s.starts_at AND d < s.ends_at
        WHERE s.closed_at IS NOT NULL`,
      [dates],
    );
    return rows.map((row) => ({ startsAt: row.starts_at, endsAt: row.ends_at }));
  }
}
