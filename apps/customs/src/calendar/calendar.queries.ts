import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@hetao/persistence';
import { builtInCalendars, workCalendar, type WorkCalendar, type YearCalendar } from '@hetao/rules';

const MAX_TABLES = 1_000;

/** The tables that come with the exchange and those an operator entered; an entered one holds. */
@Injectable()
export class CalendarQueries {
  readonly #uow: UnitOfWork;

  constructor(uow: UnitOfWork) {
    this.#uow = uow;
  }

  async all(): Promise<readonly YearCalendar[]> {
    // Every step reads them: in the transaction of its request, where there is one, as a second connection could be the last.
    const rows = await this.#uow.run((tx) =>
      tx.query<{ content: YearCalendar }>('SELECT content FROM work_calendars ORDER BY place, year LIMIT $1', [
        MAX_TABLES,
      ]),
    );
    return [...builtInCalendars, ...rows.map(({ content }) => content)];
  }

  async calendar(): Promise<WorkCalendar> {
    return workCalendar(await this.all());
  }
}
