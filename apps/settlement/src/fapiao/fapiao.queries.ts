import type { Reader } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { sightParameters } from '../agreement/visibility.js';
import { toFapiaoDto, type FapiaoDto, type FapiaoQueryDto } from './fapiao.dto.js';
import { fapiaoColumns, fapiaoOf, type StoredFapiao } from './fapiao.repository.js';

/** Reads fapiao as their reader may see the invoices they are for, oldest first. */
@Injectable()
export class FapiaoQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: FapiaoQueryDto, reader: Reader): Promise<Page<FapiaoDto>> {
    const filter = { invoice: query.invoice_id, status: query.status };
    const [at = '-infinity', id = ''] = afterCursor(query.cursor, filter) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredFapiao>(
        `SELECT ${fapiaoColumns} FROM fapiao f JOIN invoices i USING (invoice_id)
          WHERE ($1 OR i.merchant_id = $2 OR i.buyer_id = $3) AND ($4::text IS NULL OR f.invoice_id = $4)
            AND ($5::text IS NULL OR f.state = $5) AND (f.requested_at, f.fapiao_id) > ($6::timestamptz, $7)
          ORDER BY f.requested_at, f.fapiao_id LIMIT $8`,
        [...sightParameters(reader), query.invoice_id ?? null, query.status ?? null, at, id, query.limit + 1],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.requested_at.toISOString(), row.fapiao_id], filter);
    return { ...page, data: page.data.map((row) => toFapiaoDto(fapiaoOf(row))) };
  }
}
