import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { toDeclarationDto } from '../declaration/declaration.dto.js';
import type { Declaration, DeclarationStatus } from '../declaration/declaration.js';
import { DECLARATION_COLUMNS } from '../declaration/declaration.queries.js';
import type { RiskReason } from '../risk/risk.js';
import type { BoardEntryDto, BoardQuery, UnreleasedDto } from './board.dto.js';

/** What waits for customs, or for an authority customs follows. */
const OPEN: readonly DeclarationStatus[] = [
  'consulting',
  'submitted',
  'in_authority',
  'decided_pass',
  'exempt_memo',
  'suspended',
];
/** Later than any date, so that what has no clock comes last. */
const NO_CLOCK = '9999-12-31';

type Row = Declaration & {
  readonly score: number | null;
  readonly reasons: readonly RiskReason[] | null;
  readonly holds: number;
};

/** Reads the officers' queues. */
@Injectable()
export class BoardQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** Open declarations, the most pressing clock first, with what holds them and how risky they look. */
  async queue(query: BoardQuery): Promise<Page<BoardEntryDto>> {
    const filter = {
      ...{ status: query.status, due: query.due_until, held: String(query.held), score: String(query.least_score) },
    };
    const [due, id] = afterCursor(query.cursor, filter) ?? [null, null];
    const { rows } = await this.#database.withClient((client) =>
      client.query<Row>(
        `SELECT * FROM (
           SELECT ${DECLARATION_COLUMNS}, risk.score, risk.reasons, coalesce(next_due, $1::date) AS due,
             (SELECT count(*)::int FROM declaration_holds WHERE declaration_id = declarations.id AND lifted_at IS NULL) AS holds
           FROM declarations LEFT JOIN (SELECT declaration_id, score, reasons FROM risk_scores) AS risk
             ON risk.declaration_id = declarations.id
           WHERE status = ANY ($2)) AS entries
         WHERE ($3::date IS NULL OR (due, id) > ($3::date, $4::text)) AND ($5::date IS NULL OR due <= $5)
           AND ($6::boolean IS NULL OR (holds > 0) = $6) AND ($7::int IS NULL OR score >= $7)
         ORDER BY due, id LIMIT $8`,
        [
          ...[NO_CLOCK, query.status === undefined ? OPEN : [query.status], due, id],
          ...[query.due_until ?? null, query.held ?? null, query.least_score ?? null, query.limit + 1],
        ],
      ),
    );
    return cursorPage(rows.map(toEntry), query.limit, (row) => [row.next_due ?? NO_CLOCK, row.id], filter);
  }

  /** Deliveries that crossed without a release, the newest first: none should ever be here. */
  async unreleased(query: {
    readonly limit: number;
    readonly cursor?: string | undefined;
  }): Promise<Page<UnreleasedDto>> {
    const before = afterCursor(query.cursor, {})?.[0] ?? null;
    const { rows } = await this.#database.withClient((client) =>
      client.query<Omit<UnreleasedDto, 'at'> & { at: Date }>(
        `SELECT delivery_id, agreement_id, exporter_id, year, general, sensitive, at FROM unreleased_deliveries
         WHERE $1::text IS NULL OR delivery_id < $1 ORDER BY delivery_id DESC LIMIT $2`,
        [before, query.limit + 1],
      ),
    );
    const data = rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
    return cursorPage(data, query.limit, (row) => [row.delivery_id]);
  }
}

function toEntry({ score, reasons, holds, ...declaration }: Row): BoardEntryDto {
  return {
    ...toDeclarationDto(declaration),
    holds,
    risk:
      score === null
        ? null
        : { score, reasons: (reasons ?? []).map((reason) => ({ ...reason, evidence: [...reason.evidence] })) },
  };
}
