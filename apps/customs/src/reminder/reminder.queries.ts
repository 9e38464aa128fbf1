import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { seesEveryTenant, type Reader } from '../shared/reader.js';
import type { ReminderDto, ReminderQuery } from './reminder.dto.js';
import { reminderErrors } from './reminder.errors.js';
import { escalatedStages } from './reminder.js';

type Row = Omit<ReminderDto, 'at' | 'handled_at' | 'escalated'> & {
  readonly at: Date;
  readonly handled_at: Date | null;
};

const COLUMNS = `id, declaration_id, title, clock_id AS clock, clock_text AS text, owed_by, stage,
  started_on::text AS started_on, due::text AS due, problem, at, handled_by, handled_note, handled_at`;

/** Reads reminders: the exporter's own, all of them for those who run or audit the exchange; newest first. */
@Injectable()
export class ReminderQueries {
  readonly #database: Database;
  readonly #uow: UnitOfWork;

  constructor(@Inject(DATABASE) database: Database, uow: UnitOfWork) {
    this.#database = database;
    this.#uow = uow;
  }

  async list(query: ReminderQuery, reader: Reader): Promise<Page<ReminderDto>> {
    const filter = { declaration: query.declaration_id, stage: query.stage, escalated: String(query.escalated) };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const { rows } = await this.#database.withClient((client) =>
      client.query<Row>(
        `SELECT ${COLUMNS} FROM clock_reminders
         WHERE ($1 OR exporter_id = $2) AND ($3::text IS NULL OR declaration_id = $3) AND ($4::text IS NULL OR stage = $4)
           AND ($5::boolean IS NULL OR (stage = ANY ($6) AND handled_at IS NULL) = $5)
           AND ($7::text IS NULL OR id < $7) ORDER BY id DESC LIMIT $8`,
        [
          ...[seesEveryTenant(reader), reader.organisationId, query.declaration_id ?? null, query.stage ?? null],
          ...[query.escalated ?? null, escalatedStages, before, query.limit + 1],
        ],
      ),
    );
    return cursorPage(rows.map(toDto), query.limit, ({ id }) => [id], filter);
  }

  /** Also within a request that has changed it: what is not committed yet is seen. */
  async get(id: string): Promise<Result<ReminderDto, DomainError>> {
    const [row] = await this.#uow.run((tx) =>
      tx.query<Row>(`SELECT ${COLUMNS} FROM clock_reminders WHERE id = $1`, [id]),
    );
    return row === undefined ? err(reminderErrors.REMINDER_UNKNOWN(`There is no reminder ${id}.`)) : ok(toDto(row));
  }
}

function toDto(row: Row): ReminderDto {
  return {
    ...row,
    at: row.at.toISOString(),
    escalated: escalatedStages.includes(row.stage) && row.handled_at === null,
    handled_at: row.handled_at?.toISOString() ?? null,
  };
}
