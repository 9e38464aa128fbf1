import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import { rulesErrors } from '../checks/rules.errors.js';
import { addDays, isCalendarDate, weekday, yearOf, type CalendarDate } from './date.js';

/**
 * How far a table can be relied on. `announced`: kept from the official notice, or from public tables of it. `derived`:
 * follows from a standing statute and the calendar, not compared with the notice. `provisional`: days that depend on
 * the sight of the moon or on a decision that was not published when the table was made.
 */
export type CalendarCertainty = 'announced' | 'derived' | 'provisional';

/** The working days of one place in one year, as its government announced them. */
export interface YearCalendar {
  readonly place: string;
  readonly year: number;
  /** Days of the week that are free, 0 for Sunday. */
  readonly weekend: readonly number[];
  readonly holidays: readonly CalendarDate[];
  /** Free days of the week on which people work, in exchange for a longer holiday. */
  readonly makeUpDays: readonly CalendarDate[];
  readonly source: string;
  /** `announced` where it is left out: an operator enters what was announced. */
  readonly certainty?: CalendarCertainty | undefined;
}

/** Whether a date is worked on, or why that cannot be said. */
export interface WorkCalendar {
  isWorkingDay(place: string, date: CalendarDate): Result<boolean, DomainError>;
}

/** Puts tables together. Where two are for the same place and year the later one in the list holds. */
export function workCalendar(tables: readonly YearCalendar[]): WorkCalendar {
  const known = new Map(
    tables.map((table) => [
      `${table.place} ${table.year}`,
      { weekend: new Set(table.weekend), holidays: new Set(table.holidays), makeUpDays: new Set(table.makeUpDays) },
    ]),
  );
  return {
    isWorkingDay(place, date) {
      const table = known.get(`${place} ${yearOf(date)}`);
      if (table === undefined) return err(missing(place, date));
      return ok(table.makeUpDays.has(date) || (!table.weekend.has(weekday(date)) && !table.holidays.has(date)));
    },
  };
}

/** What is wrong with a table somebody entered; empty when it can be used. */
export function calendarFaults(table: YearCalendar): readonly string[] {
  const dates = [...table.holidays, ...table.makeUpDays];
  const strange = dates.filter((date) => !isCalendarDate(date) || yearOf(date) !== table.year);
  const both = table.makeUpDays.filter((date) => table.holidays.includes(date));
  const idle = table.makeUpDays.filter((date) => isCalendarDate(date) && !table.weekend.includes(weekday(date)));
  return [
    ...strange.map((date) => `${date} is no date of ${table.year}.`),
    ...both.map((date) => `${date} is both a holiday and a make-up day.`),
    ...idle.map((date) => `${date} is a working day of the week anyway and cannot be a make-up day.`),
  ];
}

function missing(place: string, date: CalendarDate): DomainError {
  return rulesErrors.CALENDAR_MISSING(
    `The working days of ${place} in ${yearOf(date)} are not known (asked for ${date}).`,
    {
      meta: { place, year: yearOf(date) },
    },
  );
}

/** No statute counts further than this many working days; a request for more is a mistake. */
const MAX_DAYS = 2_000;

/**
 * The date on which the `count`-th working day after `start` ends; before it when `count` is negative. The day of the
 * event is not counted (Civil Code, article 201). Days that `paused` names do not count either.
 *
 * @returns CALENDAR_MISSING as soon as a day lies in a year without a table: nothing is guessed.
 */
export function addWorkingDays(
  start: CalendarDate,
  count: number,
  place: string,
  options: { readonly calendar: WorkCalendar; readonly paused?: (date: CalendarDate) => boolean },
): Result<CalendarDate, DomainError> {
  const step = count < 0 ? -1 : 1;
  let [date, left] = [start, Math.abs(count)];
  for (let seen = 0; left > 0; seen += 1) {
    if (seen > MAX_DAYS)
      return err(rulesErrors.CLOCK_INPUT_INVALID(`No end was found within ${MAX_DAYS} days of ${start}.`));
    date = addDays(date, step);
    const working = options.calendar.isWorkingDay(place, date);
    if (!working.ok) return working;
    if (working.value && options.paused?.(date) !== true) left -= 1;
  }
  return ok(date);
}
