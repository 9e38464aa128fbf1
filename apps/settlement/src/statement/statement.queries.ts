import { err, ok, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import {
  MAX_UNMATCHED,
  toImportResultDto,
  toStatementDto,
  toStatementLineDto,
  type ImportResultDto,
  type LineQueryDto,
  type StatementDto,
  type StatementLineDto,
  type StatementQueryDto,
  type StoredLine,
  type StoredStatement,
  type StoredUnmatched,
} from './statement.dto.js';
import { statementErrors, type StatementError } from './statement.errors.js';

const SELECT = `
  SELECT s.kind, c.previous_id, c.expected_minor, s.gap_accepted_at,
         s.statement_id, s.reference, s.account, s.currency, s.opening_minor, s.closing_minor, s.opening_date,
         s.closing_date, s.entries, l.lines, l.matched
    FROM bank_statements s
    LEFT JOIN LATERAL (SELECT previous_id, expected_minor FROM bank_statement_chain c
                        WHERE c.account = s.account AND c.currency = s.currency AND c.statement_id = s.statement_id) c ON true
    CROSS JOIN LATERAL (SELECT count(*) AS lines, count(*) FILTER (WHERE state = 'matched') AS matched
                          FROM bank_statement_lines l WHERE l.statement_id = s.statement_id) l`;

/** Reads bank statements and what became of their lines. */
@Injectable()
export class StatementQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** What the import of some statements comes to, in the order of the file. */
  async importResult(statementIds: readonly string[]): Promise<ImportResultDto> {
    return this.#database.withClient(async (client) => {
      const statements = await client.query<StoredStatement>(
        `${SELECT} WHERE s.statement_id = ANY($1) AND s.arriving_by IS NULL ORDER BY array_position($1, s.statement_id)`,
        [statementIds],
      );
      const unmatched = await client.query<StoredUnmatched & { readonly total: string }>(
        `SELECT l.line_id, l.line_no, l.amount_minor, l.currency, l.side, x.reason, x.detail, x.item_kind, x.item_id,
                count(*) OVER () AS total
           FROM match_exceptions x JOIN bank_statement_lines l USING (line_id)
          WHERE l.statement_id = ANY($1) AND x.resolved_at IS NULL
          ORDER BY array_position($1, l.statement_id), l.line_no LIMIT $2`,
        [statementIds, MAX_UNMATCHED],
      );
      return toImportResultDto(
        statements.rows.map(toStatementDto),
        unmatched.rows,
        Number(unmatched.rows[0]?.total ?? 0),
      );
    });
  }

  async list(query: StatementQueryDto): Promise<Page<StatementDto>> {
    const filter = { account: query.account };
    const [date = '9999-12-31', id = '~'] = afterCursor(query.cursor, filter) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredStatement>(
        `${SELECT} WHERE s.arriving_by IS NULL AND ($1::text IS NULL OR s.account = $1) AND (s.closing_date, s.statement_id) < ($2::date, $3)
          ORDER BY s.closing_date DESC, s.statement_id DESC LIMIT $4`,
        [query.account ?? null, date, id, query.limit + 1],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.closing_date, row.statement_id], filter);
    return { ...page, data: page.data.map(toStatementDto) };
  }

  async get(statementId: string): Promise<Result<StatementDto, StatementError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredStatement>(`${SELECT} WHERE s.statement_id = $1 AND s.arriving_by IS NULL`, [statementId]),
    );
    const [row] = rows;
    return row === undefined ? unknown(statementId) : ok(toStatementDto(row));
  }

  async lines(statementId: string, query: LineQueryDto): Promise<Result<Page<StatementLineDto>, StatementError>> {
    const known = await this.get(statementId);
    if (!known.ok) return known;
    const filter = { statement: statementId, status: query.status };
    const [after = 0] = afterCursor(query.cursor, filter) ?? [];
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredLine>(
        `SELECT l.line_id, l.line_no, l.entry_no, l.side, l.amount_minor, l.currency, l.status, l.reversal, l.booking_date,
                l.value_date, l.end_to_end_id, l.bank_reference, l.remittance, l.counterparty_name, l.counterparty_account,
                l.state, coalesce(m.item_kind, x.item_kind) AS item_kind, coalesce(m.item_id, x.item_id) AS item_id,
                x.reason, x.detail
           FROM bank_statement_lines l
           LEFT JOIN LATERAL (SELECT item_kind, item_id FROM bank_matches m WHERE m.line_id = l.line_id AND m.ended_at IS NULL
                               ORDER BY m.item_id LIMIT 1) m ON true
           LEFT JOIN match_exceptions x ON x.line_id = l.line_id AND x.resolved_at IS NULL
          WHERE l.statement_id = $1 AND l.line_no > $2 AND ($3::text IS NULL OR l.state = $3)
          ORDER BY l.line_no LIMIT $4`,
        [statementId, after, query.status ?? null, query.limit + 1],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.line_no], filter);
    return ok({ ...page, data: page.data.map(toStatementLineDto) });
  }
}

function unknown(statementId: string): Result<never, StatementError> {
  return err(statementErrors.STATEMENT_NOT_FOUND(`There is no bank statement ${statementId}.`));
}
