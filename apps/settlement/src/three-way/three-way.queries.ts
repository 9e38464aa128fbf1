import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { ThreeWayRow } from './three-way.js';

const ROWS = `
  SELECT u.agreement_id, coalesce(i.currency, a.plan->>'currency') AS currency, i.number,
         coalesce((SELECT sum(c.amount_minor) FROM charges c WHERE c.agreement_id = u.agreement_id AND c.period = u.period), 0) AS rated,
         coalesce((SELECT sum(c.amount_minor) FROM charges c WHERE c.agreement_id = u.agreement_id AND c.period = u.period
                      AND c.adjustment_id IS NOT NULL), 0) AS adjusted,
         coalesce((SELECT sum(n.net_minor + n.tax_minor) FROM usage_adjustments j JOIN credit_notes n USING (credit_note_id)
                    WHERE j.agreement_id = u.agreement_id AND n.invoice_id = i.invoice_id), 0) AS corrected,
         coalesce(i.net_minor, 0) AS net, coalesce(i.tax_minor, 0) AS tax, coalesce(i.credited_minor, 0) AS credited,
         coalesce((SELECT sum(p.amount_minor) FROM invoice_payments p WHERE p.invoice_id = i.invoice_id AND p.reversed_at IS NULL), 0) AS paid,
         coalesce((SELECT sum(CASE m.item_kind WHEN 'invoice' THEN m.amount_minor ELSE -m.amount_minor END) FROM bank_matches m
                    WHERE m.item_kind IN ('invoice', 'payment_reversal') AND m.item_id = i.invoice_id AND m.ended_at IS NULL), 0) AS bank,
         coalesce((SELECT sum(c.amount_minor) FROM credit_applications c WHERE c.invoice_id = i.invoice_id), 0) AS credit_used,
         coalesce((SELECT sum(g.difference_minor) FROM match_groups g WHERE g.ended_at IS NULL AND g.group_id IN
                    (SELECT m.group_id FROM bank_matches m WHERE m.item_kind = 'invoice' AND m.item_id = i.invoice_id)), 0) AS difference
    FROM usage_periods u JOIN agreements a USING (agreement_id)
    LEFT JOIN invoices i ON i.agreement_id = u.agreement_id AND i.period = u.period AND i.state NOT IN ('draft', 'void')
   WHERE u.period = $1 AND u.agreement_id > $2 ORDER BY u.agreement_id LIMIT $3`;

interface StoredRow {
  readonly agreement_id: string;
  readonly currency: string;
  readonly number: string | null;
  readonly rated: string;
  readonly adjusted: string;
  readonly corrected: string;
  readonly net: string;
  readonly tax: string;
  readonly credited: string;
  readonly paid: string;
  readonly bank: string;
  readonly credit_used: string;
  readonly difference: string;
}

/** Puts usage, invoices and bank of a period side by side, an agreement a row. */
@Injectable()
export class ThreeWayQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async page(
    period: string,
    query: { readonly cursor?: string | undefined; readonly limit: number },
  ): Promise<Page<ThreeWayRow>> {
    const filter = { period };
    const [after = ''] = afterCursor(query.cursor, filter) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredRow>(ROWS, [period, after, query.limit + 1]),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.agreement_id], filter);
    return { ...page, data: page.data.map(rowOf) };
  }
}

function rowOf(row: StoredRow): ThreeWayRow {
  return {
    agreementId: row.agreement_id,
    currency: row.currency,
    ratedMinor: BigInt(row.rated),
    adjustedMinor: BigInt(row.adjusted),
    correctedMinor: BigInt(row.corrected),
    invoiceNumber: row.number,
    netMinor: BigInt(row.net),
    taxMinor: BigInt(row.tax),
    creditedMinor: BigInt(row.credited),
    paidMinor: BigInt(row.paid),
    bankMinor: BigInt(row.bank),
    creditUsedMinor: BigInt(row.credit_used),
    differenceMinor: BigInt(row.difference),
  };
}
