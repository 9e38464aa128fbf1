import { Injectable } from '@nestjs/common';
import type { Queryable } from '@hetao/clearance';
import type { Tx } from '@hetao/persistence';
import type { PeriodTotal } from '../period/period-totals.queries.js';

/** A closed month that is counted otherwise, charged in a later one. */
export interface Adjustment {
  readonly adjustmentId: string;
  readonly correctionId: string;
  readonly agreementId: string;
  readonly originalPeriod: string;
  readonly adjustmentPeriod: string;
  readonly before: readonly PeriodTotal[];
  readonly after: readonly PeriodTotal[];
  /** Minor units and ISO 4217 code; null where the plan is not known here. */
  readonly netEffect: { readonly amountMinor: string; readonly currency: string } | null;
  readonly appliedAt: Date;
}

interface AdjustmentRow {
  readonly adjustment_id: string;
  readonly correction_id: string;
  readonly agreement_id: string;
  readonly original_period: string;
  readonly adjustment_period: string;
  readonly before: PeriodTotal[];
  readonly after: PeriodTotal[];
  readonly net_effect_minor: string | null;
  readonly currency: string | null;
  readonly applied_at: Date;
}

/** What closed months were stated as, and what became of them since. */
@Injectable()
export class AdjustmentRepository {
  /** What the month was last stated as; undefined when the agreement had no part in it. */
  async stated(client: Queryable, period: string, agreementId: string): Promise<readonly PeriodTotal[] | undefined> {
    const { rows } = await client.query<{ totals: PeriodTotal[] }>(
      `SELECT totals FROM usage_period_totals WHERE period = $1 AND agreement_id = $2 ORDER BY revision DESC LIMIT 1`,
      [period, agreementId],
    );
    return rows[0]?.totals;
  }

  /** States a month (again): revision 0 when it is closed, the next one with every adjustment. */
  async state(tx: Tx, period: string, agreementId: string, totals: readonly PeriodTotal[]): Promise<void> {
    await tx.execute(
      `INSERT INTO usage_period_totals (period, agreement_id, revision, totals)
       SELECT $1, $2, coalesce(max(revision) + 1, 0), $3 FROM usage_period_totals WHERE period = $1 AND agreement_id = $2`,
      [period, agreementId, JSON.stringify(totals)],
    );
  }

  async add(tx: Tx, adjustment: Adjustment): Promise<void> {
    await tx.execute(
      `INSERT INTO usage_adjustments (adjustment_id, correction_id, agreement_id, original_period, adjustment_period,
                                      before, after, net_effect_minor, currency, applied_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ...[adjustment.adjustmentId, adjustment.correctionId, adjustment.agreementId],
        ...[adjustment.originalPeriod, adjustment.adjustmentPeriod],
        ...[JSON.stringify(adjustment.before), JSON.stringify(adjustment.after)],
        ...[adjustment.netEffect?.amountMinor ?? null, adjustment.netEffect?.currency ?? null, adjustment.appliedAt],
      ],
    );
  }

  /** Adjustments of an agreement in the order in which they were made, after one of them. */
  async list(client: Queryable, agreementId: string, after: string, limit: number): Promise<readonly Adjustment[]> {
    const { rows } = await client.query<AdjustmentRow>(
      `SELECT * FROM usage_adjustments WHERE agreement_id = $1 AND adjustment_id > $2 ORDER BY adjustment_id LIMIT $3`,
      [agreementId, after, limit],
    );
    return rows.map(fromRow);
  }

  /** Marks closed months of agreements as having got usage since. */
  async markLate(tx: Tx, marks: readonly { readonly period: string; readonly agreementId: string }[]): Promise<void> {
    if (marks.length === 0) return;
    await tx.execute(
      `INSERT INTO late_usage (period, agreement_id) SELECT * FROM unnest($1::text[], $2::text[]) ORDER BY 1, 2
       ON CONFLICT DO NOTHING`,
      [marks.map((one) => one.period), marks.map((one) => one.agreementId)],
    );
  }

  /** Takes the marks of an agreement; whoever counts late usage at this moment is waited for. */
  async takeLate(tx: Tx, agreementId: string): Promise<readonly string[]> {
    const rows = await tx.query<{ period: string }>('DELETE FROM late_usage WHERE agreement_id = $1 RETURNING period', [
      agreementId,
    ]);
    return rows.map((row) => row.period).sort();
  }
}

function fromRow(row: AdjustmentRow): Adjustment {
  const { net_effect_minor: amountMinor, currency } = row;
  return {
    adjustmentId: row.adjustment_id,
    correctionId: row.correction_id,
    agreementId: row.agreement_id,
    originalPeriod: row.original_period,
    adjustmentPeriod: row.adjustment_period,
    before: row.before,
    after: row.after,
    netEffect: amountMinor === null || currency === null ? null : { amountMinor, currency },
    appliedAt: row.applied_at,
  };
}
