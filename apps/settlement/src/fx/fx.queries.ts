import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import {
  toGainDto,
  type GainDto,
  type GainQueryDto,
  type RateDto,
  type RateQueryDto,
  type StoredGain,
} from './fx.dto.js';

/** Reads rates, and what their movement made or cost. */
@Injectable()
export class FxQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async rates(query: RateQueryDto): Promise<Page<RateDto>> {
    const filter = { base: query.base, quote: query.quote, date: query.date };
    const [day = 'infinity', id = ''] = afterCursor(query.cursor, filter) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<RateDto>(
        `SELECT snapshot_id AS id, base, quote, rate, inverse, side, source, quoted_on::text AS quoted_on,
                valid_until::text AS valid_until
           FROM fx_snapshots
          WHERE ($1::text IS NULL OR base = $1) AND ($2::text IS NULL OR quote = $2)
            AND ($3::date IS NULL OR (quoted_on <= $3::date AND valid_until > $3::date))
            AND (quoted_on < $4::date OR (quoted_on = $4::date AND snapshot_id > $5))
          ORDER BY quoted_on DESC, snapshot_id LIMIT $6`,
        [query.base ?? null, query.quote ?? null, query.date ?? null, day, id, query.limit + 1],
      ),
    );
    return cursorPage(rows, query.limit, (row) => [row.quoted_on, row.id], filter);
  }

  async gains(query: GainQueryDto): Promise<Page<GainDto>> {
    const filter = { period: query.period, kind: query.kind };
    const [period = '', id = ''] = afterCursor(query.cursor, filter) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredGain>(
        `SELECT gain_id, kind, document_id, period, currency, exposure_minor, from_snapshot, to_snapshot,
                functional_currency, gain_minor
           FROM fx_gains
          WHERE ($1::text IS NULL OR period = $1) AND ($2::text IS NULL OR kind = $2) AND (period, gain_id) > ($3, $4)
          ORDER BY period, gain_id LIMIT $5`,
        [query.period ?? null, query.kind ?? null, period, id, query.limit + 1],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.period, row.gain_id], filter);
    return { ...page, data: page.data.map(toGainDto) };
  }
}
