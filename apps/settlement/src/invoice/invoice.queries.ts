import { err, ok, type Clock, type Currency, type Reader, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, CLOCK, cursorPage, DATABASE, SERVICE_CONFIG, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { sightOf, sightParameters } from '../agreement/visibility.js';
import { dateIn } from '../period/period.js';
import type { SettlementConfig } from '../settlement.config.js';
import type { InvoiceDetailDto, InvoiceDto, InvoiceQueryDto, InvoicingResultDto } from './invoice.dto.js';
import { invoiceErrors, type InvoiceError } from './invoice.errors.js';
import {
  minorDto,
  toInvoiceDetailDto,
  toInvoiceDto,
  type InvoiceParts,
  type StoredDocumentRate,
  type StoredInvoice,
  type StoredInvoiceLine,
  type StoredShare,
} from './invoice.view.js';

/** Drafts come first: they have no number yet, and wait for somebody. */
const UNNUMBERED = { year: 9999, no: 2_147_483_647 } as const;

/** What a person calls an invoice today; $4 is the date in the legal zone. */
const STATUS = `CASE WHEN i.state IN ('issued', 'part_paid') AND i.due_date < $4::date THEN 'overdue' ELSE i.state END`;
const SELECT = `
  SELECT i.invoice_id, i.number, coalesce(i.year, ${UNNUMBERED.year}) AS sort_year,
         coalesce(i.year_no, ${UNNUMBERED.no}) AS sort_no, i.period, i.agreement_id, i.merchant_id,
         m.name AS merchant_name, i.buyer_id, b.name AS buyer_name, i.channel_partner_id, i.currency, i.net_minor,
         i.tax_minor, i.gross_minor, i.paid_minor, i.credited_minor, i.purchase_order, i.tax, i.tax_category,
         i.tax_rate_id, i.rating_rule, i.tax_rule, i.tie_order, ${STATUS} AS status, i.issued_at, i.due_date, i.paid_at,
         i.void_reason
    FROM invoices i
    LEFT JOIN participants m ON m.participant_id = i.merchant_id
    LEFT JOIN participants b ON b.participant_id = i.buyer_id`;
const VISIBLE = `($1 OR i.merchant_id = $2 OR i.buyer_id = $3)`;
/** Above every number of every year: where the newest-first list begins. */
const BEFORE_ALL = [UNNUMBERED.year + 1, 0, ''] as const;

const LINES = `
  SELECT l.line_no, l.kind, l.charge_id, l.component_id, l.meter, l.quantity, l.amount_minor,
         (SELECT coalesce(sum(c.net_minor), 0) FROM credit_note_lines c JOIN credit_notes n USING (credit_note_id)
           WHERE n.invoice_id = l.invoice_id AND c.invoice_line_no = l.line_no) AS credited_minor,
         EXISTS (SELECT 1 FROM invoice_disputes d
                  WHERE d.invoice_id = l.invoice_id AND d.line_no = l.line_no AND d.state = 'open') AS disputed
    FROM invoice_lines l WHERE l.invoice_id = $1 ORDER BY l.line_no`;
const PAYMENT = `
  SELECT statement_line_id FROM invoice_payments
   WHERE invoice_id = $1 AND reversed_at IS NULL ORDER BY effective_at DESC, payment_id DESC LIMIT 1`;
const RATES = `
  SELECT purpose, snapshot_id, currency, amount_minor, functional_currency, functional_minor
    FROM document_rates WHERE document_id = $1 ORDER BY noted_at, purpose, instance`;

/** Reads invoices as their reader may see them, newest number first. */
@Injectable()
export class InvoiceQueries {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #config: SettlementConfig;

  constructor(
    @Inject(DATABASE) database: Database,
    @Inject(CLOCK) clock: Clock,
    @Inject(SERVICE_CONFIG) config: SettlementConfig,
  ) {
    this.#database = database;
    this.#clock = clock;
    this.#config = config;
  }

  async list(query: InvoiceQueryDto, reader: Reader): Promise<Page<InvoiceDto>> {
    const filter = { period: query.period, status: query.status };
    const [year, no, id] = afterCursor(query.cursor, filter) ?? BEFORE_ALL;
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredInvoice>(
        `${SELECT} WHERE ${VISIBLE} AND ($5::text IS NULL OR i.period = $5) AND ($6::text IS NULL OR ${STATUS} = $6)
            AND (coalesce(i.year, ${UNNUMBERED.year}), coalesce(i.year_no, ${UNNUMBERED.no}), i.invoice_id) < ($7, $8, $9)
          ORDER BY sort_year DESC, sort_no DESC, i.invoice_id DESC LIMIT $10`,
        [
          ...sightParameters(reader),
          this.#today(),
          query.period ?? null,
          query.status ?? null,
          year,
          no,
          id,
          query.limit + 1,
        ],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.sort_year, row.sort_no, row.invoice_id], filter);
    return { ...page, data: page.data.map(toInvoiceDto) };
  }

  /** An invoice and what hangs on it, as stored. */
  async find(
    invoiceId: string,
    reader: Reader,
  ): Promise<Result<{ readonly row: StoredInvoice; readonly parts: InvoiceParts }, InvoiceError>> {
    return this.#database.withClient(async (client) => {
      const { rows } = await client.query<StoredInvoice>(`${SELECT} WHERE ${VISIBLE} AND i.invoice_id = $5`, [
        ...sightParameters(reader),
        this.#today(),
        invoiceId,
      ]);
      const [row] = rows;
      if (row === undefined) {
        return err(invoiceErrors.INVOICE_NOT_FOUND(`There is no invoice ${invoiceId} that you may see.`));
      }
      const lines = await client.query<StoredInvoiceLine>(LINES, [invoiceId]);
      const shares = await client.query<StoredShare>(
        `SELECT share, owner, amount_minor, rule_version FROM invoice_splits WHERE invoice_id = $1 ORDER BY share`,
        [invoiceId],
      );
      const payments = await client.query<{ statement_line_id: string }>(PAYMENT, [invoiceId]);
      const notes = await client.query<{ credit_note_id: string }>(
        'SELECT credit_note_id FROM credit_notes WHERE invoice_id = $1 ORDER BY year, year_no',
        [invoiceId],
      );
      const rates = await client.query<StoredDocumentRate>(RATES, [invoiceId]);
      const { all, merchantId } = sightOf(reader);
      const seesShares = shares.rows.length > 0 && (all || merchantId === row.merchant_id);
      const parts = {
        lines: lines.rows,
        shares: seesShares ? shares.rows : null,
        statementLineId: payments.rows[0]?.statement_line_id ?? null,
        creditNoteIds: notes.rows.map(({ credit_note_id }) => credit_note_id),
        rates: rates.rows,
      };
      return ok({ row, parts });
    });
  }

  async get(invoiceId: string, reader: Reader): Promise<Result<InvoiceDetailDto, InvoiceError>> {
    const found = await this.find(invoiceId, reader);
    return found.ok ? ok(toInvoiceDetailDto(found.value.row, found.value.parts)) : found;
  }

  /** What stands invoiced for a period, after a call issued `issued` of them. */
  async totals(period: string, issued: number): Promise<InvoicingResultDto> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ currency: Currency; invoices: string; net: string; tax: string; gross: string }>(
        `SELECT currency, count(*) AS invoices, sum(net_minor) AS net, sum(tax_minor) AS tax, sum(gross_minor) AS gross
           FROM invoices WHERE period = $1 AND state NOT IN ('draft', 'void') GROUP BY currency ORDER BY currency`,
        [period],
      ),
    );
    return {
      period,
      issued,
      invoices: rows.reduce((sum, row) => sum + Number(row.invoices), 0),
      totals: rows.map(({ currency, net, tax, gross }) => ({
        currency,
        net: minorDto(net, currency),
        tax: minorDto(tax, currency),
        gross: minorDto(gross, currency),
      })),
    };
  }

  #today(): string {
    return dateIn(this.#config.LEGAL_TIME_ZONE, this.#clock.now().getTime());
  }
}
