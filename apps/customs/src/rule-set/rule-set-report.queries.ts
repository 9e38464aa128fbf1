import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE } from '@hetao/runtime';
import { seesEveryTenant, type Reader } from '../shared/reader.js';
import type { ChangesDto, RuleSetReportDto } from './rule-set.dto.js';

type Change = ChangesDto['changes'][number];

/** Reads what a published version would change: the exporter's own declarations, all of them for the exchange. */
@Injectable()
export class RuleSetReports {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async of(
    ruleSetId: string,
    query: { readonly limit: number; readonly cursor?: string | undefined },
    reader: Reader,
  ): Promise<RuleSetReportDto> {
    const filter = { rule_set: ruleSetId };
    const after = afterCursor(query.cursor, filter)?.[0] ?? '';
    return this.#database.withClient(async (client) => {
      const scope = [seesEveryTenant(reader), reader.organisationId, ruleSetId];
      const { rows: reports } = await client.query<{ compared: number; changed: number; finished: boolean }>(
        'SELECT compared, changed, finished_at IS NOT NULL AS finished FROM rule_set_reports WHERE rule_set_id = $1',
        [ruleSetId],
      );
      const { rows: moves } = await client.query<RuleSetReportDto['moves'][number]>(
        `SELECT change->'before'->>'pathway' AS before, change->'after'->>'pathway' AS after, count(*)::int AS declarations
         FROM rule_set_changes WHERE ($1 OR exporter_id = $2) AND rule_set_id = $3 GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
        scope,
      );
      const { rows } = await client.query<{ change: Change }>(
        `SELECT change FROM rule_set_changes WHERE ($1 OR exporter_id = $2) AND rule_set_id = $3 AND declaration_id > $4
         ORDER BY declaration_id LIMIT $5`,
        [...scope, after, query.limit + 1],
      );
      const changes = rows.map(({ change }) => change);
      const page = cursorPage(changes, query.limit, (change) => [change.declaration_id], filter);
      const { compared = 0, changed = 0, finished = false } = reports[0] ?? {};
      // How many declarations others have is not an exporter's business.
      const totals = seesEveryTenant(reader) ? { compared, changed } : { compared: null, changed: null };
      return { ...page, data: [...page.data], ...totals, finished, moves };
    });
  }
}
