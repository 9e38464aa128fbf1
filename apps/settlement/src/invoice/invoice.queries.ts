import { err, ok, type Currency, type Result, type Reader } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { sightOf, sightParameters } from '../agreement/visibility.js';
import {
  minorDto,
  toInvoiceDetailDto,
  toInvoiceDto,
  type InvoiceDetailDto,
  type InvoiceDto,
  type InvoiceQueryDto,
  type InvoicingResultDto,
  type StoredInvoice,
  type StoredInvoiceLine,
  type StoredShare,
} from './invoice.dto.js';
import { invoiceErrors, type InvoiceError } from './invoice.errors.js';

const SELECT = `
  SELECT i.invoice_id, i.number, i.year, i.year_no, i.period, i.agreement_id, i.merchant_id, m.name AS merchant_name,
         i.buyer_id, b.name AS buyer_name, i.channel_partner_id, i.currency, i.net_minor, i.tax_minor, i.gross_minor,
         i.tax, i.rating_rule, i.tax_rule, i.state, i.issued_at, i.due_date, i.paid_at
    FROM invoices i
    LEFT JOIN participants m ON m.participant_id = i.merchant_id
    LEFT JOIN participants b ON b.participant_id = i.buyer_id`;
const VISIBLE = `($1 OR i.merchant_id = $2 OR i.buyer_id = $3)`;
/** Above every number of every year: where the newest-first list begins. */
const BEFORE_ALL = [9999, 2_147_483_647] as const;

/** Reads invoices as their reader may see them, newest number first. */
@Injectable()
export class InvoiceQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: InvoiceQueryDto, reader: Reader): Promise<Page<InvoiceDto>> {
    const filter = { period: query.period, status: query.status };
    const [year, yearNo] = afterCursor(query.cursor, filter) ?? BEFORE_ALL;
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredInvoice>(
        `${SELECT} WHERE ${VISIBLE} AND ($4::text IS NULL OR i.period = $4) AND ($5::text IS NULL OR i.state = $5)
            AND (i.year, i.year_no) < ($6, $7) ORDER BY i.year DESC, i.year_no DESC LIMIT $8`,
        [...sightParameters(reader), query.period ?? null, query.status ?? null, year, yearNo, query.limit + 1],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.year, row.year_no], filter);
    return { ...page, data: page.data.map(toInvoiceDto) };
  }

  async get(invoiceId: string, reader: Reader): Promise<Result<InvoiceDetailDto, InvoiceError>> {
    return this.#database.withClient(async (client) => {
      const { rows } = await client.query<StoredInvoice>(`${SELECT} WHERE ${VISIBLE} AND i.invoice_id = $4`, [
        ...sightParameters(reader),
        invoiceId,
      ]);
      const [row] = rows;
      if (row === undefined) {
        return err(invoiceErrors.INVOICE_NOT_FOUND(`There is no invoice ${invoiceId} that you may see.`));
      }
      const lines = await client.query<StoredInvoiceLine>(
        `SELECT line_no, kind, charge_id, component_id, meter, quantity, amount_minor
           FROM invoice_lines WHERE invoice_id = $1 ORDER BY line_no`,
        [invoiceId],
      );
      const shares = await client.query<StoredShare>(
        `SELECT share, owner, amount_minor, rule_version FROM invoice_splits WHERE invoice_id = $1 ORDER BY share`,
        [invoiceId],
      );
      const matches = await client.query<{ line_id: string }>(
        `SELECT line_id FROM bank_matches WHERE item_kind = 'invoice' AND item_id = $1 AND ended_at IS NULL`,
        [invoiceId],
      );
      const { all, merchantId } = sightOf(reader);
      const seesShares = shares.rows.length > 0 && (all || merchantId === row.merchant_id);
      return ok(
        toInvoiceDetailDto(row, {
          lines: lines.rows,
          shares: seesShares ? shares.rows : null,
          statementLineId: matches.rows[0]?.line_id ?? null,
        }),
      );
    });
  }

  /** What stands invoiced for a period, after a call issued `issued` of them. */
  async totals(period: string, issued: number): Promise<InvoicingResultDto> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ currency: Currency; invoices: string; net: string; tax: string; gross: string }>(
        `SELECT currency, count(*) AS invoices, sum(net_minor) AS net, sum(tax_minor) AS tax, sum(gross_minor) AS gross
           FROM invoices WHERE period = $1 GROUP BY currency ORDER BY currency`,
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
}
