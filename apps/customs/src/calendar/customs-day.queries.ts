import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import type { WorkCalendar } from '@hetao/rules';
import { CLOCK } from '@hetao/runtime';
import { mainlandDate } from '../shared/reader.js';
import { CalendarQueries } from './calendar.queries.js';

/** The instant, the mainland's date, and the calendar its clocks are read with. */
@Injectable()
export class CustomsDay {
  readonly #calendars: CalendarQueries;
  readonly #clock: Clock;

  constructor(calendars: CalendarQueries, @Inject(CLOCK) clock: Clock) {
    this.#calendars = calendars;
    this.#clock = clock;
  }

  async today(): Promise<{ readonly at: Date; readonly date: string; readonly calendar: WorkCalendar }> {
    const at = this.#clock.now();
    return { at, date: mainlandDate(at), calendar: await this.#calendars.calendar() };
  }
}
