import type { Reader } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { sightParameters } from '../agreement/visibility.js';
import { toDisputeDto, type DisputeDto, type DisputeQueryDto } from './dispute.dto.js';
import { disputeColumns, disputeOf, type StoredDispute } from './dispute.repository.js';

/** Reads disputes as their reader may see the invoices they are about, oldest first: that is the order of the work. */
@Injectable()
export class DisputeQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: DisputeQueryDto, reader: Reader): Promise<Page<DisputeDto>> {
    const filter = { invoice: query.invoice_id, status: query.status };
    const [openedAt = '-infinity', disputeId = ''] = afterCursor(query.cursor, filter) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredDispute>(
        `SELECT ${disputeColumns} FROM invoice_disputes d JOIN invoices i USING (invoice_id)
          WHERE ($1 OR i.merchant_id = $2 OR i.buyer_id = $3) AND ($4::text IS NULL OR d.invoice_id = $4)
            AND ($5::text IS NULL OR d.state = $5) AND (d.opened_at, d.dispute_id) > ($6::timestamptz, $7)
          ORDER BY d.opened_at, d.dispute_id LIMIT $8`,
        [
          ...sightParameters(reader),
          query.invoice_id ?? null,
          query.status ?? null,
          openedAt,
          disputeId,
          query.limit + 1,
        ],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.opened_at.toISOString(), row.dispute_id], filter);
    return { ...page, data: page.data.map((row) => toDisputeDto(disputeOf(row))) };
  }
}
