import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { toDeclarationDto, type DeclarationDto } from '../declaration/declaration.dto.js';
import type { Declaration, DeclarationStatus } from '../declaration/declaration.js';
import { DECLARATION_COLUMNS } from '../declaration/declaration.queries.js';
import { seesEveryTenant, type Reader } from '../shared/reader.js';
import type { DueDay } from './icalendar.js';

/** What waits for customs, or for an authority customs follows. */
const OPEN: readonly DeclarationStatus[] = [
  'consulting',
  'submitted',
  'in_authority',
  'decided_pass',
  'exempt_memo',
  'suspended',
];
const MAX_FEED_DAYS = 1_000;
/** Later than any date, so that what has no clock comes last. */
const NO_CLOCK = '9999-12-31';

export interface StatisticsRow {
  readonly pathway: string;
  readonly destination: string;
  readonly status: string;
  readonly declarations: number;
  readonly median_days_to_release: number | null;
}

/** Reads the queue, the statistics and the due days. */
@Injectable()
export class BoardQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** Open declarations, the most pressing clock first. */
  async queue(query: {
    readonly limit: number;
    readonly cursor?: string | undefined;
    readonly status?: string | undefined;
  }): Promise<Page<DeclarationDto>> {
    const filter = { status: query.status };
    const [due, id] = afterCursor(query.cursor, filter) ?? [null, null];
    const { rows } = await this.#database.withClient((client) =>
      client.query<Declaration>(
        `SELECT ${DECLARATION_COLUMNS} FROM declarations
         WHERE status = ANY ($1) AND ($2::text IS NULL OR (coalesce(next_due, $5::date), id) > ($2::date, $3::text))
         ORDER BY coalesce(next_due, $5::date), id LIMIT $4`,
        [query.status === undefined ? OPEN : [query.status], due, id, query.limit + 1, NO_CLOCK],
      ),
    );
    return cursorPage(rows.map(toDeclarationDto), query.limit, (row) => [row.next_due ?? NO_CLOCK, row.id], filter);
  }

  async statistics(year: number): Promise<readonly StatisticsRow[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<StatisticsRow>(
        `SELECT finding->>'pathway' AS pathway, coalesce(facts->>'tx.destination', '') AS destination, status,
           count(*)::int AS declarations,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM released_at - submitted_at) / 86400)::float8
             AS median_days_to_release
         FROM declarations WHERE year = $1 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT 2000`,
        [year],
      ),
    );
    return rows;
  }

  /** Days on which a clock that runs is due: the reader's own, or everybody's for the exchange. */
  async dueDays(reader: Reader): Promise<readonly DueDay[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<Pick<Declaration, 'id' | 'form' | 'clocks'>>(
        `SELECT id, form, clocks FROM declarations WHERE ($1 OR exporter_id = $2) AND next_due IS NOT NULL
         ORDER BY next_due, id LIMIT $3`,
        [seesEveryTenant(reader), reader.organisationId, MAX_FEED_DAYS],
      ),
    );
    const days = rows.flatMap(({ id, form, clocks }) =>
      clocks.flatMap(({ id: clock, text, due, metOn, by }) =>
        due === null || metOn !== null
          ? []
          : [
              {
                uid: `${id}-${clock}@hetao`,
                date: due,
                summary: `${text.en} · ${form.title}`,
                description: `${text['zh-Hant']} (${by}) ${id}`,
              },
            ],
      ),
    );
    return days.slice(0, MAX_FEED_DAYS);
  }
}
