import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { InvoiceLineRow, InvoiceRow } from './invoice.entity.js';
import type { ChargeLine, Invoice, InvoiceBasis, InvoiceLine, InvoiceShare, PaidInvoice } from './invoice.js';

/** An agreement's part of an invoice to be made. */
export type InvoiceCandidate = Pick<InvoiceBasis, 'agreement' | 'charges' | 'ratingRule'>;

interface CandidateRow {
  readonly agreement_id: string;
  readonly merchant_id: string;
  readonly buyer_id: string;
  readonly channel_partner_id: string | null;
  readonly plan: InvoiceBasis['agreement']['plan'];
  readonly charges: readonly (Omit<ChargeLine, 'amountMinor'> & { readonly amountMinor: string })[];
  readonly rating_rule: string;
}

/** Invoices with their lines, numbers and shares. */
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

  /** Rated agreements of the period that have no invoice yet, with what the invoice is made of, in id order. */
  async candidates(tx: Tx, period: string, limit: number): Promise<readonly InvoiceCandidate[]> {
    const rows = await tx.query<CandidateRow>(
      `SELECT a.agreement_id, a.merchant_id, a.buyer_id, a.channel_partner_id, a.plan,
              coalesce(json_agg(json_build_object('chargeId', c.charge_id, 'componentId', c.component_id, 'meter', c.meter,
                                                  'quantity', c.quantity::text, 'amountMinor', c.amount_minor::text)
                                ORDER BY c.line_no) FILTER (WHERE c.charge_id IS NOT NULL), '[]') AS charges,
              coalesce(max(c.rule_version), '') AS rating_rule
         FROM usage_periods u
         JOIN agreements a USING (agreement_id)
         LEFT JOIN charges c USING (agreement_id, period)
        WHERE u.period = $1 AND u.state = 'rated'
          AND NOT EXISTS (SELECT 1 FROM invoices i WHERE i.agreement_id = u.agreement_id AND i.period = u.period)
        GROUP BY a.agreement_id ORDER BY a.agreement_id LIMIT $2`,
      [period, limit],
    );
    return rows.map(candidateOf);
  }

  async add(tx: Tx, invoices: readonly { invoice: Invoice; lines: readonly InvoiceLine[] }[]): Promise<void> {
    await tx.manager.insert(
      InvoiceRow,
      invoices.map(({ invoice }) => ({ ...invoice })),
    );
    await tx.manager.insert(
      InvoiceLineRow,
      invoices.flatMap(({ invoice, lines }) => lines.map((line) => ({ ...line, invoiceId: invoice.invoiceId }))),
    );
  }

  /** Invoices by id or number, locked in id order so that two statements never wait for each other in a ring. */
  async lockByReference(tx: Tx, references: readonly string[]): Promise<readonly Invoice[]> {
    return tx.manager
      .createQueryBuilder(InvoiceRow, 'invoice')
      .where('invoice.invoice_id = ANY(:references) OR invoice.number = ANY(:references)', { references })
      .orderBy('invoice.invoiceId')
      .setLock('pessimistic_write')
      .getMany();
  }

  /** Notes payments: the new state of each invoice, and who gets what of it. */
  async pay(tx: Tx, paid: readonly PaidInvoice[]): Promise<void> {
    await tx.execute(
      `UPDATE invoices SET state = 'paid', paid_at = p.paid_at
         FROM unnest($1::text[], $2::timestamptz[]) AS p(invoice_id, paid_at)
        WHERE invoices.invoice_id = p.invoice_id`,
      [paid.map(({ invoice }) => invoice.invoiceId), paid.map(({ invoice }) => invoice.paidAt)],
    );
    await this.addShares(
      tx,
      paid.flatMap(({ shares }) => shares),
    );
  }

  /** As one array per column: a statement may pay more invoices than one statement of SQL takes parameters. */
  async addShares(tx: Tx, shares: readonly InvoiceShare[]): Promise<void> {
    await tx.execute(
      `INSERT INTO invoice_splits (invoice_id, share, owner, amount_minor, currency, rule_version)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[])`,
      [
        shares.map(({ invoiceId }) => invoiceId),
        shares.map(({ share }) => share),
        shares.map(({ owner }) => owner),
        shares.map(({ amountMinor }) => amountMinor.toString()),
        shares.map(({ currency }) => currency),
        shares.map(({ splitRule }) => splitRule),
      ],
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
  };
}
