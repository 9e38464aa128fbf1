import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { findSplitting, volumeThresholds, type CountedDeclaration } from '@hetao/rules';
import { DATABASE } from '@hetao/runtime';
import { toCountDto, type CounterDto } from './counter.dto.js';
import { readTotals } from './counter.repository.js';
import { personCategories } from './person-category.js';

const MAX_DECLARATIONS = 5_000;

/** The state of one exporter's year: how many persons, and whether transfers look cut into parts. */
@Injectable()
export class CounterQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async of(exporterId: string, year: number): Promise<CounterDto> {
    return this.#database.withClient(async (client) => {
      const query = async <R>(sql: string, params: unknown[]): Promise<R[]> =>
        (await client.query(sql, params)).rows as R[];
      const totals = await readTotals(query, exporterId, year);
      // Refused and revoked ones moved nothing, or no longer do; drafts may yet be thrown away.
      const rows = await query<CountedDeclaration & { general: number; sensitive: number }>(
        `SELECT id, form->>'recipientId' AS "recipientId", facts->>'tx.purpose' AS purpose,
           (form->'persons'->>'general')::int AS general, (form->'persons'->>'sensitive')::int AS sensitive
         FROM declarations WHERE exporter_id = $1 AND year = $2 AND status NOT IN ('draft', 'decided_refused', 'revoked')
         ORDER BY id LIMIT $3`,
        [exporterId, year, MAX_DECLARATIONS],
      );
      const splitting = personCategories.flatMap((category) =>
        findSplitting(
          rows.map((row) => ({ ...row, persons: row[category] })),
          volumeThresholds[category],
        ).map(({ declarationIds, ...found }) => ({ category, ...found, declaration_ids: [...declarationIds] })),
      );
      return {
        exporter_id: exporterId,
        year,
        general: toCountDto(totals.general),
        sensitive: toCountDto(totals.sensitive),
        splitting,
      };
    });
  }
}
