import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@hetao/kernel';
import { UnitOfWork, type Database, type Tx } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { CustomsDay } from '../calendar/customs-day.queries.js';
import type { Declaration } from '../declaration/declaration.js';
import { DECLARATION_COLUMNS } from '../declaration/declaration.queries.js';
import { dueReminders, openClocks, type Reminder } from './reminder.js';

const BATCH = 200;
/** A turn looks at so many batches at most; 100,000 declarations wait for no exchange. */
const MAX_BATCHES = 500;
const DONE = ['decided_refused', 'expired', 'revoked'];

/** Reminds of every clock that is near its end, once a stage, and escalates what is over. Each reminder is a row. */
@Injectable()
export class RemindOfClocks {
  readonly #uow: UnitOfWork;
  readonly #database: Database;
  readonly #day: CustomsDay;

  constructor(uow: UnitOfWork, @Inject(DATABASE) database: Database, day: CustomsDay) {
    this.#uow = uow;
    this.#database = database;
    this.#day = day;
  }

  /** @returns how many reminders are new. */
  async execute(): Promise<number> {
    const { at, date, calendar } = await this.#day.today();
    let [after, added] = ['', 0];
    for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
      const declarations = await this.#withClocks(after);
      const due = declarations.flatMap((declaration) =>
        dueReminders(openClocks(declaration, calendar), date, calendar).map((reminder) => ({ declaration, reminder })),
      );
      if (due.length > 0) {
        added += await this.#uow.run(async (tx) => {
          let rows = 0;
          for (const { declaration, reminder } of due) rows += await insert(tx, declaration, reminder, at);
          return rows;
        });
      }
      const last = declarations.at(-1);
      if (last === undefined || declarations.length < BATCH) break;
      after = last.id;
    }
    return added;
  }

  async #withClocks(after: string): Promise<readonly Declaration[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<Declaration>(
        `SELECT ${DECLARATION_COLUMNS} FROM declarations
         WHERE id > $1 AND NOT status = ANY ($2) AND clocks <> '[]' ORDER BY id LIMIT $3`,
        [after, DONE, BATCH],
      ),
    );
    return rows;
  }
}

function insert(tx: Tx, { id, exporterId, form }: Declaration, reminder: Reminder, at: Date): Promise<number> {
  return tx.execute(
    `INSERT INTO clock_reminders (id, declaration_id, exporter_id, title, clock_id, clock_text, owed_by, stage,
       started_on, due, problem, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`,
    [
      ...[newId('rmd'), id, exporterId, form.title, reminder.clockId, JSON.stringify(reminder.clockText)],
      ...[reminder.owedBy, reminder.stage, reminder.startedOn, reminder.due, reminder.problem, at],
    ],
  );
}
