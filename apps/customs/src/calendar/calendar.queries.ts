import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { builtInCalendars, workCalendar, type WorkCalendar, type YearCalendar } from '@hetao/rules';
import { DATABASE } from '@hetao/runtime';

const MAX_TABLES = 1_000;

/** The tables that come with the exchange and those an operator entered; an entered one holds. */
@Injectable()
export class CalendarQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async all(): Promise<readonly YearCalendar[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ content: YearCalendar }>('SELECT content FROM work_calendars ORDER BY place, year LIMIT $1', [
        MAX_TABLES,
      ]),
    );
    return [...builtInCalendars, ...rows.map(({ content }) => content)];
  }

  async calendar(): Promise<WorkCalendar> {
    return workCalendar(await this.all());
  }
}
