import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { InvoiceLineRow, InvoiceRow } from './invoice.entity.js';
import type { ChargeLine, Invoice, InvoiceBasis, InvoiceLine } from './invoice.js';

/** An agreement's part of an invoice to be made. */
export type InvoiceCandidate = Pick<
  InvoiceBasis,
  'agreement' | 'charges' | 'ratingRule' | 'attempt' | 'purchaseOrder' | 'taxCategory' | 'taxRateId'
> & {
  /** Days to pay, where the parties agreed on others than everybody has. */
  readonly netDays: number | null;
};

interface CandidateRow extends Pick<InvoiceBasis, 'attempt' | 'taxCategory'> {
  readonly agreement_id: string;
  readonly merchant_id: string;
  readonly buyer_id: string;
  readonly channel_partner_id: string | null;
  readonly plan: InvoiceBasis['agreement']['plan'];
  readonly charges: readonly (Omit<ChargeLine, 'amountMinor'> & { readonly amountMinor: string })[];
  readonly rating_rule: string;
  readonly purchase_order: string | null;
  readonly net_days: number | null;
  readonly tax_rate_id: string | null;
}

/** Of several entries of the tax table that fit, the one that came into force last. */
const TAX_RATE = `
  SELECT r.tax_rate_id FROM tax_rates r
   WHERE r.jurisdiction = a.plan->'tax'->>'jurisdiction' AND r.category = coalesce(b.tax_category, 'standard')
     AND r.rate_bps = CASE WHEN r.category = 'standard' THEN (a.plan->'tax'->>'rateBps')::integer ELSE 0 END
     AND r.valid_from <= $3::date AND (r.valid_until IS NULL OR r.valid_until > $3::date)
   ORDER BY r.valid_from DESC, r.tax_rate_id LIMIT 1`;

/** Invoices with their lines and numbers. */
@Injectable()
export class InvoiceRepository {
  /**
   * Takes the next `count` numbers of a year and returns the first. The counter is a row of this transaction: rolled
   * back with it, so no number is ever lost, and the next taker waits for the outcome.
   */
  async takeNumbers(tx: Tx, year: number, count: number): Promise<number> {
    const [row] = await tx.query<{ last_no: number }>(
      `INSERT INTO invoice_counters (year, last_no) VALUES ($1, $2)
       ON CONFLICT (year) DO UPDATE SET last_no = invoice_counters.last_no + $2 RETURNING last_no`,
      [year, count],
    );
    if (row === undefined) throw new Error('The invoice counter gave no number.');
    return row.last_no - count + 1;
  }

  /**
   * Rated agreements of the period that have no standing invoice yet, with what the invoice is made of, in id order.
   *
   * @param taxDate the date whose tax rates count: the last day of the period.
   * @param after only agreements beyond this id; drafting walks on by it.
   */
  async candidates(
    tx: Tx,
    { period, taxDate, limit, after = '' }: { period: string; taxDate: string; limit: number; after?: string },
  ): Promise<readonly InvoiceCandidate[]> {
    const rows = await tx.query<CandidateRow>(
      // The agreements are picked first: the planner would gather the charges of all of them before it takes a hundred.
      `WITH picked AS MATERIALIZED (
         SELECT u.agreement_id, u.period FROM usage_periods u
          WHERE u.period = $1 AND u.state = 'rated' AND u.agreement_id > $4
            AND EXISTS (SELECT 1 FROM agreements a WHERE a.agreement_id = u.agreement_id)
            AND NOT EXISTS (SELECT 1 FROM invoices i WHERE i.agreement_id = u.agreement_id AND i.period = u.period
                               AND i.state NOT IN ('void', 'draft'))
          ORDER BY u.agreement_id LIMIT $2)
       SELECT a.agreement_id, a.merchant_id, a.buyer_id, a.channel_partner_id, a.plan, b.purchase_order, b.net_days,
              coalesce(b.tax_category, 'standard') AS "taxCategory", (${TAX_RATE}) AS tax_rate_id,
              (SELECT count(*)::int + 1 FROM invoices v
                WHERE v.agreement_id = u.agreement_id AND v.period = u.period AND v.state = 'void') AS attempt,
              c.charges, c.rating_rule
         FROM picked u
         JOIN agreements a USING (agreement_id)
         LEFT JOIN billing_terms b USING (agreement_id)
         CROSS JOIN LATERAL (
           SELECT coalesce(json_agg(json_build_object('chargeId', c.charge_id, 'componentId', c.component_id, 'meter', c.meter,
                                                      'quantity', c.quantity::text, 'amountMinor', c.amount_minor::text)
                                    ORDER BY c.line_no), '[]') AS charges, coalesce(max(c.rule_version), '') AS rating_rule
             FROM charges c WHERE c.agreement_id = u.agreement_id AND c.period = u.period) c
        ORDER BY a.agreement_id`,
      [period, limit, taxDate, after],
    );
    return rows.map(candidateOf);
  }

  async add(tx: Tx, invoices: readonly { invoice: Invoice; lines: readonly InvoiceLine[] }[]): Promise<void> {
    await this.dropDrafts(
      tx,
      invoices.map(({ invoice }) => invoice.invoiceId),
    );
    await tx.manager.insert(
      InvoiceRow,
      invoices.map(({ invoice }) => ({ ...invoice })),
    );
    await this.#addLines(tx, invoices);
  }

  /** Writes drafts anew: one that stands is replaced, since what it is made of may have changed. */
  async addDrafts(
    tx: Tx,
    drafts: readonly { invoice: Invoice; lines: readonly InvoiceLine[] }[],
    draftedAt: Date,
  ): Promise<void> {
    const ids = drafts.map(({ invoice }) => invoice.invoiceId);
    await this.dropDrafts(tx, ids);
    const unnumbered = { number: null, year: null, yearNo: null, issuedAt: null, dueDate: null, paidAt: null };
    const rows = drafts.map(({ invoice }) => ({ ...invoice, ...unnumbered, state: 'draft' as const, draftedAt }));
    await tx.execute(
      `INSERT INTO invoices (invoice_id, agreement_id, period, merchant_id, buyer_id, channel_partner_id, currency, net_minor,
                             tax_minor, gross_minor, tax, fee, rating_rule, tax_rule, state, drafted_at, attempt,
                             purchase_order, tax_category, tax_rate_id, split_terms, tie_order)
       SELECT r."invoiceId", r."agreementId", r.period, r."merchantId", r."buyerId", r."channelPartnerId", r.currency,
              r."netMinor", r."taxMinor", r."grossMinor", r.tax, r.fee, r."ratingRule", r."taxRule", r.state, r."draftedAt",
              r.attempt, r."purchaseOrder", r."taxCategory", r."taxRateId", r."splitTerms", r."tieOrder"
         FROM jsonb_to_recordset($1) AS r("invoiceId" text, "agreementId" text, period text, "merchantId" text,
              "buyerId" text, "channelPartnerId" text, currency text, "netMinor" bigint, "taxMinor" bigint,
              "grossMinor" bigint, tax jsonb, fee jsonb, "ratingRule" text, "taxRule" text, state text,
              "draftedAt" timestamptz, attempt smallint, "purchaseOrder" text, "taxCategory" text, "taxRateId" text,
              "splitTerms" jsonb, "tieOrder" jsonb)`,
      [JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))],
    );
    await this.#addLines(tx, drafts);
  }

  /** Invoices by id or number, locked in id order so that two statements never wait for each other in a ring. */
  async lockByReference(tx: Tx, references: readonly string[]): Promise<readonly Invoice[]> {
    return tx.manager
      .createQueryBuilder(InvoiceRow, 'invoice')
      .where('(invoice.invoice_id = ANY(:references) OR invoice.number = ANY(:references))', { references })
      .andWhere(`invoice.state <> 'draft'`)
      .orderBy('invoice.invoiceId')
      .setLock('pessimistic_write')
      .getMany();
  }

  async linesOf(tx: Tx, invoiceId: string): Promise<readonly InvoiceLine[]> {
    return tx.manager.find(InvoiceLineRow, { where: { invoiceId }, order: { lineNo: 'ASC' } });
  }

  async void(tx: Tx, invoiceId: string, reason: string, now: Date): Promise<void> {
    await tx.execute(
      `UPDATE invoices SET state = 'void', void_reason = $2, voided_at = $3, paid_at = NULL WHERE invoice_id = $1`,
      [invoiceId, reason, now],
    );
  }

  /** Removes drafts, which are no documents yet: nobody was shown a number of theirs. */
  async dropDrafts(tx: Tx, invoiceIds: readonly string[]): Promise<void> {
    await tx.execute(
      `DELETE FROM invoice_lines l USING invoices i
        WHERE l.invoice_id = i.invoice_id AND i.state = 'draft' AND i.invoice_id = ANY($1)`,
      [invoiceIds],
    );
    await tx.execute(`DELETE FROM invoices WHERE state = 'draft' AND invoice_id = ANY($1)`, [invoiceIds]);
  }

  async #addLines(tx: Tx, invoices: readonly { invoice: Invoice; lines: readonly InvoiceLine[] }[]): Promise<void> {
    await tx.manager.insert(
      InvoiceLineRow,
      invoices.flatMap(({ invoice, lines }) => lines.map((line) => ({ ...line, invoiceId: invoice.invoiceId }))),
    );
  }
}

function candidateOf(row: CandidateRow): InvoiceCandidate {
  return {
    agreement: {
      agreementId: row.agreement_id,
      merchantId: row.merchant_id,
      buyerId: row.buyer_id,
      channelPartnerId: row.channel_partner_id,
      plan: row.plan,
    },
    charges: row.charges.map((charge) => ({ ...charge, amountMinor: BigInt(charge.amountMinor) })),
    ratingRule: row.rating_rule,
    attempt: row.attempt,
    purchaseOrder: row.purchase_order,
    taxCategory: row.taxCategory,
    taxRateId: row.tax_rate_id,
    netDays: row.net_days,
  };
}
