import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import { rulesErrors } from '../checks/rules.errors.js';
import type { StatutoryClock } from '../engine/rule-set.js';
import { addDays, addMonths, dayNumber, isCalendarDate, type CalendarDate } from './date.js';
import { addWorkingDays, type WorkCalendar } from './working-days.js';

/** Days on which a clock stands still, both included; without `until` it still does. */
export interface Pause {
  readonly from: CalendarDate;
  readonly until: CalendarDate | null;
}

/** The part of a statutory clock its arithmetic needs. */
export type ClockRule = Pick<StatutoryClock, 'count' | 'unit' | 'direction'>;

export interface ClockReading {
  /** Last day of the limit, or first day of a window; null while the clock is paused. */
  readonly due: CalendarDate | null;
  readonly paused: boolean;
}

/**
 * When a limit ends. The day of the event is not counted; working days are those of `place`; days of a pause are not
 * counted at all. Limits in days and months of the calendar are not moved off holidays: the vectors of the reference
 * keep them, and so an exporter is never told a later day than the law may allow.
 *
 * @param event the day the clock starts (or, for a window before something, the day of that thing).
 * @returns CALENDAR_MISSING across a year without a table; CLOCK_INPUT_INVALID for dates or pauses that cannot be.
 */
export function readClock(
  rule: ClockRule,
  event: CalendarDate,
  place: string,
  options: { readonly calendar: WorkCalendar; readonly pauses?: readonly Pause[] },
): Result<ClockReading, DomainError> {
  const pauses = options.pauses ?? [];
  const fault = faultIn(rule, event, pauses);
  if (fault !== null) return err(rulesErrors.CLOCK_INPUT_INVALID(fault));
  if (pauses.some(({ until }) => until === null)) return ok({ due: null, paused: true });
  const count = rule.direction === 'before' ? -rule.count : rule.count;
  const reading = (due: CalendarDate): Result<ClockReading, never> => ok({ due, paused: false });
  if (rule.unit === 'working_day') {
    const paused = (date: CalendarDate): boolean => pauses.some((pause) => covers(pause, date));
    const due = addWorkingDays(event, count, place, { calendar: options.calendar, paused });
    return due.ok ? reading(due.value) : due;
  }
  const due = rule.unit === 'month' ? addMonths(event, count) : addDays(event, count);
  return reading(addDays(due, pausedDays(pauses, event, due)));
}

function faultIn(rule: ClockRule, event: CalendarDate, pauses: readonly Pause[]): string | null {
  if (!isCalendarDate(event)) return `"${String(event).slice(0, 40)}" is no calendar date.`;
  if (!Number.isSafeInteger(rule.count) || rule.count < 0) return `${rule.count} is no number of days or months.`;
  const wrong = pauses.find(({ from, until }) => {
    if (!isCalendarDate(from)) return true;
    return until !== null && (!isCalendarDate(until) || dayNumber(until) < dayNumber(from));
  });
  return wrong === undefined ? null : `A pause from ${wrong.from} until ${String(wrong.until)} cannot be.`;
}

function covers({ from, until }: Pause, date: CalendarDate): boolean {
  return from <= date && (until === null || date <= until);
}

/** Days of pauses between the event and the end; a pause that begins in the extension extends it again. */
function pausedDays(pauses: readonly Pause[], event: CalendarDate, due: CalendarDate): number {
  let [end, last, days] = [dayNumber(due), dayNumber(event), 0];
  for (const { from, until } of [...pauses].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const start = Math.max(dayNumber(from), last + 1);
    const stop = dayNumber(until ?? from);
    if (start > end || stop < start) continue;
    days += stop - start + 1;
    end += stop - start + 1;
    last = stop;
  }
  return days;
}
