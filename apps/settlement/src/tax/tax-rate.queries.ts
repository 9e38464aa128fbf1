import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { TaxRateDto, TaxRateQueryDto } from './tax-rate.dto.js';

/** Reads the table of tax rates; a new rate or law is a migration that adds a row. */
@Injectable()
export class TaxRateQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: TaxRateQueryDto): Promise<Page<TaxRateDto>> {
    const filter = { jurisdiction: query.jurisdiction, date: query.date };
    const [after = ''] = afterCursor(query.cursor, filter) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<TaxRateDto>(
        `SELECT tax_rate_id AS id, jurisdiction, category, name, rate_bps, valid_from::text AS valid_from,
                valid_until::text AS valid_until, source, basis, rounding
           FROM tax_rates
          WHERE ($1::text IS NULL OR jurisdiction = $1) AND tax_rate_id > $3
            AND ($2::date IS NULL OR (valid_from <= $2::date AND (valid_until IS NULL OR valid_until > $2::date)))
          ORDER BY tax_rate_id LIMIT $4`,
        [query.jurisdiction ?? null, query.date ?? null, after, query.limit + 1],
      ),
    );
    return cursorPage(rows, query.limit, (row) => [row.id], filter);
  }
}
