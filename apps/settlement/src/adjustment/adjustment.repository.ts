import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { Currency } from '@hetao/kernel';
import type { StoredContext } from '../rating/rating-context.js';
import type { Adjustment, AdjustmentCharge, AdjustmentState } from './adjustment.js';

/** An adjustment whose month is rated, with what is needed to charge it. */
export interface DueAdjustment extends Adjustment {
  readonly state: 'waiting' | 'owed';
  readonly originalContext: StoredContext | null;
  /** The original month's usage was charged. */
  readonly inCount: boolean;
  readonly timeZone: string;
  readonly merchantId: string;
  readonly buyerId: string;
  /** Σ of the adjustment month's charges as they stand. */
  readonly monthNetMinor: bigint;
  readonly lastLineNo: number;
  /** The adjustment month takes no charge any more. */
  readonly invoiced: boolean;
}

/** What became of an adjustment. */
export interface SettledAdjustment {
  readonly adjustmentId: string;
  readonly state: Exclude<AdjustmentState, 'waiting'>;
  readonly inCount: boolean;
  readonly context: StoredContext | null;
  readonly netMinor: bigint;
  readonly creditNoteId: string | null;
}

/** A charge with the month and the parties it is for. */
export interface DueCharge extends AdjustmentCharge {
  readonly adjustmentId: string;
  readonly agreementId: string;
  readonly period: string;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly lineNo: number;
  readonly currency: Currency;
  readonly ratedAt: Date;
}

interface DueRow extends Omit<DueAdjustment, 'monthNetMinor'> {
  readonly monthNetMinor: string;
}

const DUE = `
  SELECT j.adjustment_id AS "adjustmentId", j.correction_id AS "correctionId", j.agreement_id AS "agreementId",
         j.original_period AS "originalPeriod", j.original_period_id AS "originalPeriodId",
         j.adjustment_period AS "adjustmentPeriod", j.cause, j.reason, j.before, j.after, j.applied_at AS "appliedAt",
         j.state, coalesce(j.rating_context, o.rating_context) AS "originalContext",
         coalesce(j.in_count, o.totals <> '[]', false) AS "inCount", p.time_zone AS "timeZone",
         a.merchant_id AS "merchantId", a.buyer_id AS "buyerId", m.net AS "monthNetMinor", m.last_line AS "lastLineNo",
         p.closed_at IS NOT NULL OR EXISTS (SELECT 1 FROM invoices i WHERE i.agreement_id = j.agreement_id
           AND i.period = j.adjustment_period AND i.state NOT IN ('draft', 'void')) AS invoiced
    FROM usage_adjustments j
    JOIN agreements a USING (agreement_id)
    JOIN usage_periods u ON u.agreement_id = j.agreement_id AND u.period = j.adjustment_period AND u.state = 'rated'
    JOIN settlement_periods p ON p.period = j.adjustment_period
    LEFT JOIN usage_periods o ON o.agreement_id = j.agreement_id AND o.period = j.original_period
   CROSS JOIN LATERAL (SELECT coalesce(sum(c.amount_minor), 0) AS net, coalesce(max(c.line_no), 0) AS last_line
                         FROM charges c WHERE c.agreement_id = j.agreement_id AND c.period = j.adjustment_period) m
   WHERE j.agreement_id = ANY($1) AND j.state IN ('waiting', 'owed')
   ORDER BY j.agreement_id, j.applied_at, j.adjustment_id`;

/** Corrections of closed months and what was charged for them. */
@Injectable()
export class AdjustmentRepository {
  /** Keeps what is new, and returns the ids of those told before with other content. */
  async add(tx: Tx, adjustments: readonly Adjustment[]): Promise<readonly string[]> {
    const given = JSON.stringify(adjustments);
    const columns = `"adjustmentId" text, "correctionId" text, "agreementId" text, "originalPeriod" text,
      "originalPeriodId" text, "adjustmentPeriod" text, cause text, reason text, before jsonb, after jsonb, "appliedAt" timestamptz`;
    await tx.execute(
      `INSERT INTO usage_adjustments (adjustment_id, correction_id, agreement_id, original_period, original_period_id,
                                      adjustment_period, cause, reason, before, after, applied_at)
       SELECT r.* FROM jsonb_to_recordset($1) AS r(${columns}) ON CONFLICT (adjustment_id) DO NOTHING`,
      [given],
    );
    const rows = await tx.query<{ id: string }>(
      `SELECT j.adjustment_id AS id FROM jsonb_to_recordset($1) AS r(${columns})
         JOIN usage_adjustments j ON j.adjustment_id = r."adjustmentId"
        WHERE (j.agreement_id, j.original_period, j.adjustment_period, j.before, j.after)
              IS DISTINCT FROM (r."agreementId", r."originalPeriod", r."adjustmentPeriod", r.before, r.after)`,
      [given],
    );
    return rows.map(({ id }) => id);
  }

  /** Adjustments of agreements that can be charged or credited now. Months they are charged in are not invoiced meanwhile. */
  async due(tx: Tx, agreementIds: readonly string[]): Promise<readonly DueAdjustment[]> {
    const held = await tx.query(
      `SELECT 1 FROM settlement_periods WHERE period IN (SELECT adjustment_period FROM usage_adjustments
         WHERE agreement_id = ANY($1) AND state IN ('waiting', 'owed')) ORDER BY period FOR NO KEY UPDATE`,
      [agreementIds],
    );
    if (held.length === 0) return [];
    const rows = await tx.query<DueRow>(DUE, [agreementIds]);
    return rows.map((row) => ({ ...row, monthNetMinor: BigInt(row.monthNetMinor) }));
  }

  /** Which of these agreements have something given back that is owed still. */
  async owed(tx: Tx, agreementIds: readonly string[]): Promise<readonly string[]> {
    const rows = await tx.query<{ agreement_id: string }>(
      `SELECT DISTINCT agreement_id FROM usage_adjustments WHERE agreement_id = ANY($1) AND state = 'owed'`,
      [agreementIds],
    );
    return rows.map(({ agreement_id }) => agreement_id);
  }

  async addCharges(tx: Tx, charges: readonly DueCharge[]): Promise<void> {
    await tx.execute(
      `INSERT INTO charges (charge_id, agreement_id, period, merchant_id, buyer_id, line_no, component_id, kind, meter,
                            quantity, unit, exact_amount, amount_minor, currency, steps, rule_version, rated_at,
                            adjustment_id, original_charge_id)
       SELECT r."chargeId", r."agreementId", r.period, r."merchantId", r."buyerId", r."lineNo", r."lineComponentId",
              'adjustment', NULL, 1, 'adjustment', r."exactAmount", r."amountMinor", r.currency, r.steps, r."ruleVersion",
              r."ratedAt", r."adjustmentId", r."originalChargeId"
         FROM jsonb_to_recordset($1) AS r("chargeId" text, "agreementId" text, period text, "merchantId" text,
              "buyerId" text, "lineNo" smallint, "lineComponentId" text, "exactAmount" numeric, "amountMinor" bigint,
              currency text, steps jsonb, "ruleVersion" text, "ratedAt" timestamptz, "adjustmentId" text,
              "originalChargeId" text)`,
      [textOf(charges)],
    );
  }

  async settle(tx: Tx, settled: readonly SettledAdjustment[]): Promise<void> {
    await tx.execute(
      `UPDATE usage_adjustments j
          SET state = r.state, in_count = r."inCount", rating_context = r.context, net_minor = r."netMinor",
              credit_note_id = r."creditNoteId"
         FROM jsonb_to_recordset($1) AS r("adjustmentId" text, state text, "inCount" boolean, context jsonb,
              "netMinor" bigint, "creditNoteId" text)
        WHERE j.adjustment_id = r."adjustmentId"`,
      [textOf(settled)],
    );
  }

  /** The standing invoice of a month, if it was issued. */
  async invoiceOf(tx: Tx, agreementId: string, period: string): Promise<string | undefined> {
    const [row] = await tx.query<{ invoice_id: string }>(
      `SELECT invoice_id FROM invoices WHERE agreement_id = $1 AND period = $2
          AND state IN ('issued', 'part_paid', 'paid')`,
      [agreementId, period],
    );
    return row?.invoice_id;
  }
}

function textOf(rows: readonly object[]): string {
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}
