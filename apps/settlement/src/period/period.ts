import { err, ok, type Result } from '@hetao/kernel';
import { periodErrors, type PeriodError } from './period.errors.js';

/** A settlement period as the service keeps it: a calendar month in one zone. */
export interface SettlementPeriod {
  /** `2015-05`. */
  readonly period: string;
  /** IANA name of the zone in which the month begins and ends. */
  readonly timeZone: string;
  /** First instant of the month. */
  readonly startsAt: Date;
  /** First instant after the month. */
  readonly endsAt: Date;
  /** How many agreements metering closed for the month; null until it said so. */
  readonly agreementsExpected: number | null;
  readonly usageCompletedAt: Date | null;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
}

const PERIOD = /^(\d{4})-(0[1-9]|1[0-2])$/;
const DAY_MS = 86_400_000;

/** First instant of the month and first instant after it, in ms since 1970 UTC. */
export function periodBounds(
  period: string,
  timeZone: string,
): Result<{ readonly startsAtMs: number; readonly endsAtMs: number }, PeriodError> {
  const [, year, month] = PERIOD.exec(period) ?? [];
  if (year === undefined || month === undefined) {
    return err(periodErrors.PERIOD_MALFORMED(`"${period}" is not a month such as 2015-05.`));
  }
  if (!isTimeZone(timeZone)) {
    return err(periodErrors.PERIOD_MALFORMED(`"${timeZone}" is not an IANA time zone such as Asia/Shanghai.`));
  }
  const months = Number(year) * 12 + Number(month) - 1;
  return ok({ startsAtMs: monthStartMs(months, timeZone), endsAtMs: monthStartMs(months + 1, timeZone) });
}

/** The calendar date of an instant in a zone, `2015-05-31`. */
export function dateIn(timeZone: string, instantMs: number): string {
  const { year, month, day } = wallClock(timeZone, instantMs);
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
}

/** The date a number of days later; dates have no zone, so a day is a day. */
export function addDays(date: string, days: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return dateIn('UTC', (daysFromCivil(year, month, day) + days) * DAY_MS);
}

/** The first instant of a calendar date in a zone, in ms since 1970 UTC: when a bank's booking date counts from. */
export function dateStartMs(date: string, timeZone: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return wallToInstantMs(daysFromCivil(year, month, day) * DAY_MS, timeZone);
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Months are counted from year 0. */
function monthStartMs(months: number, timeZone: string): number {
  return wallToInstantMs(daysFromCivil(Math.floor(months / 12), (months % 12) + 1, 1) * DAY_MS, timeZone);
}

/** The zone's offset is looked up at a guess, then again at the corrected instant. */
function wallToInstantMs(localMs: number, timeZone: string): number {
  const guessMs = localMs - offsetMs(timeZone, localMs);
  return localMs - offsetMs(timeZone, guessMs);
}

function offsetMs(timeZone: string, instantMs: number): number {
  const { year, month, day, hour, minute, second } = wallClock(timeZone, instantMs);
  const wallMs = daysFromCivil(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000;
  return wallMs - Math.floor(instantMs / 1000) * 1000;
}

function wallClock(
  timeZone: string,
  instantMs: number,
): Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number> {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instantMs);
  const at = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  return {
    year: at('year'),
    month: at('month'),
    day: at('day'),
    hour: at('hour'),
    minute: at('minute'),
    second: at('second'),
  };
}

/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar. */
function daysFromCivil(year: number, month: number, day: number): number {
  // Years begin in March here, so that the leap day is the last day of its year.
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
