import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { calendarFaults, type YearCalendar } from '@hetao/rules';
import { CLOCK } from '@hetao/runtime';
import { calendarErrors } from './calendar.errors.js';

/** Enters the official table of a place and year, or replaces it after a correction. */
@Injectable()
export class EnterCalendar {
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#clock = clock;
  }

  execute(table: YearCalendar, enteredBy: string): Promise<Result<YearCalendar, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<YearCalendar, DomainError>> => {
      const faults = calendarFaults(table);
      if (faults.length > 0) return err(calendarErrors.CALENDAR_FAULTY(faults.slice(0, 10).join(' ')));
      await tx.execute(
        `INSERT INTO work_calendars (place, year, content, entered_by, entered_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (place, year) DO UPDATE SET content = excluded.content, entered_by = excluded.entered_by,
           entered_at = excluded.entered_at`,
        [table.place, table.year, JSON.stringify(table), enteredBy, this.#clock.now()],
      );
      return ok(table);
    });
  }
}
