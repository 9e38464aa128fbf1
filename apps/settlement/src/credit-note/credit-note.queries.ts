import type { Reader } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { sightParameters } from '../agreement/visibility.js';
import {
  storedNoteDto,
  type CreditNoteDto,
  type CreditNoteQueryDto,
  type StoredCreditNote,
} from './credit-note.dto.js';

const BEFORE_ALL = [9999, 2_147_483_647] as const;

/** Reads credit notes as their reader may see the invoices they belong to, newest first. */
@Injectable()
export class CreditNoteQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: CreditNoteQueryDto, reader: Reader): Promise<Page<CreditNoteDto>> {
    const filter = { invoice: query.invoice_id };
    const [year, yearNo] = afterCursor(query.cursor, filter) ?? BEFORE_ALL;
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredCreditNote>(
        `SELECT n.credit_note_id, n.number, n.year, n.year_no, n.invoice_id, n.period, n.currency, n.net_minor, n.tax_minor,
                n.refund_minor, n.reason, n.dispute_id, n.issued_at
           FROM credit_notes n JOIN invoices i USING (invoice_id)
          WHERE ($1 OR i.merchant_id = $2 OR i.buyer_id = $3) AND ($4::text IS NULL OR n.invoice_id = $4)
            AND (n.year, n.year_no) < ($5, $6) ORDER BY n.year DESC, n.year_no DESC LIMIT $7`,
        [...sightParameters(reader), query.invoice_id ?? null, year, yearNo, query.limit + 1],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.year, row.year_no], filter);
    return { ...page, data: page.data.map(storedNoteDto) };
  }
}
