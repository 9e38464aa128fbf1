import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Database } from '@hetao/persistence';
import { afterCursor, CLOCK, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { toExceptionDto, type ExceptionDto, type ExceptionQueryDto, type StoredExceptionRow } from './exception.dto.js';
import { exceptionErrors, type ExceptionError } from './exception.errors.js';

const SELECT = `
  SELECT x.*, l.statement_id, l.side, l.amount_minor, l.currency, l.booking_date, l.remittance, l.counterparty_name,
         l.counterparty_account,
         (SELECT json_build_object('proposed_by', w.proposed_by, 'reason', w.reason) FROM exception_write_offs w
           WHERE w.exception_id = x.exception_id AND w.outcome IS NULL) AS write_off,
         (SELECT coalesce(json_agg(json_build_object('id', g.suggestion_id, 'items', g.items, 'score', g.score, 'ground', g.ground,
                                                     'reason', g.reason)
                                   ORDER BY g.score DESC, g.suggestion_id), '[]')
            FROM match_suggestions g WHERE g.line_id = x.line_id AND g.state = 'open') AS suggestions
    FROM match_exceptions x JOIN bank_statement_lines l USING (line_id)`;

/** Reads the queue of exceptions, what is due first at its head. */
@Injectable()
export class ExceptionQueries {
  readonly #database: Database;
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;

  constructor(@Inject(DATABASE) database: Database, uow: UnitOfWork, @Inject(CLOCK) clock: Clock) {
    this.#database = database;
    this.#uow = uow;
    this.#clock = clock;
  }

  async list(query: ExceptionQueryDto): Promise<Page<ExceptionDto>> {
    const { status, reason, owner, period, overdue } = query;
    const filter = { status, reason, owner, period, overdue };
    const [due = null, id = ''] = afterCursor(query.cursor, filter) ?? [];
    const now = this.#clock.now();
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredExceptionRow>(
        `${SELECT} WHERE ($1::text IS NULL AND x.resolved_at IS NULL OR x.state = $1) AND ($2::text IS NULL OR x.reason = $2)
            AND ($3::text IS NULL OR x.owner = $3) AND ($4::text IS NULL OR x.period = $4)
            AND ($5::boolean IS NULL OR (x.due_at < $6) = $5)
            AND ($7::timestamptz IS NULL OR (x.due_at, x.exception_id) > ($7, $8))
          ORDER BY x.due_at, x.exception_id LIMIT $9`,
        [
          ...[status ?? null, reason ?? null, owner ?? null, period ?? null],
          ...[overdue === undefined ? null : overdue === 'true', now, due, id, query.limit + 1],
        ],
      ),
    );
    const page = cursorPage(rows, query.limit, (row) => [row.due_at.toISOString(), row.exception_id], filter);
    return { ...page, data: page.data.map((row) => toExceptionDto(row, now)) };
  }

  /** Also within a request that has changed it: what is not committed yet is seen. */
  async get(exceptionId: string): Promise<Result<ExceptionDto, ExceptionError>> {
    const [row] = await this.#uow.run((tx) =>
      tx.query<StoredExceptionRow>(`${SELECT} WHERE x.exception_id = $1`, [exceptionId]),
    );
    if (row === undefined) return err(exceptionErrors.EXCEPTION_NOT_FOUND(`There is no exception ${exceptionId}.`));
    return ok(toExceptionDto(row, this.#clock.now()));
  }
}
