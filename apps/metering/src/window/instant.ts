/**
 * Instants as milliseconds since 1970-01-01T00:00:00Z, on the proleptic Gregorian calendar, without leap seconds.
 * Plain arithmetic: a rule takes time as data, and 31 February is refused instead of becoming 3 March.
 */

export const msPerHour = 3_600_000;
export const msPerDay = 86_400_000;
const MS_PER_MINUTE = 60_000;

const DAYS_PER_ERA = 146_097;
const DAYS_BEFORE_1970 = 719_468;

/** RFC 3339 section 5.6; the letters may be lower case, the fraction may be as long as nanoseconds. */
const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/**
 * Reads an RFC 3339 time with its offset, to the millisecond (finer digits are dropped).
 *
 * @returns undefined when the text is no RFC 3339 time or names no real day, hour or offset.
 */
export function parseInstant(text: string): number | undefined {
  // Fields are read by position: capturing ten groups costs more than all the rest of reading an event.
  if (!RFC_3339.test(text)) return undefined;
  const year = digits(text, 0, 4);
  const [month, day] = [digits(text, 5, 7), digits(text, 8, 10)];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  const [hour, minute, second] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)];
  // Second 60 is a leap second: it has no millisecond of its own and counts as the first of the next minute.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const offsetMs = readOffset(text);
  if (offsetMs === undefined) return undefined;
  const clockMs = (hour * 60 + minute) * MS_PER_MINUTE + second * 1000 + readFractionMs(text);
  return daysFromCivil(year, month, day) * msPerDay + clockMs - offsetMs;
}

function readOffset(text: string): number | undefined {
  const sign = text.charAt(text.length - 6);
  if (sign !== '+' && sign !== '-') return 0;
  const hour = digits(text, text.length - 5, text.length - 3);
  const minute = digits(text, text.length - 2, text.length);
  if (hour > 23 || minute > 59) return undefined;
  return (hour * 60 + minute) * MS_PER_MINUTE * (sign === '-' ? -1 : 1);
}

function readFractionMs(text: string): number {
  if (text.charAt(19) !== '.') return 0;
  let ms = 0;
  for (let at = 20, weight = 100; weight >= 1; at += 1, weight /= 10) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) break;
    ms += digit * weight;
  }
  return ms;
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * 10 + text.charCodeAt(at) - ZERO;
  return value;
}

const ZERO = 48;

/** ISO 8601 in UTC with milliseconds: `2015-05-17T10:05:03.000Z`. Years 0 to 9999. */
export function formatInstant(ms: number): string {
  const days = Math.floor(ms / msPerDay);
  const rest = ms - days * msPerDay;
  const { year, month, day } = civilFromDays(days);
  const clock = [Math.floor(rest / msPerHour), Math.floor(rest / MS_PER_MINUTE) % 60, Math.floor(rest / 1000) % 60];
  const time = clock.map((part) => pad(part, 2)).join(':');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${time}.${pad(rest % 1000, 3)}Z`;
}

/** Months since January of year 0, of the UTC month an instant lies in. */
export function utcMonth(ms: number): number {
  const { year, month } = civilFromDays(Math.floor(ms / msPerDay));
  return year * 12 + month - 1;
}

/** First instant of a UTC month; the inverse of {@link utcMonth}. */
export function utcMonthStart(month: number): number {
  return daysFromCivil(Math.floor(month / 12), (month % 12) + 1, 1) * msPerDay;
}

/** A day of the proleptic Gregorian calendar; `month` counts from 1. */
export interface CivilDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * Days since 1970-01-01 of a day of the calendar; a day beyond the end of its month is one of the next.
 *
 * Years begin in March here, so that the leap day is the last of its year.
 */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_BEFORE_1970;
}

/** The day of the calendar that lies so many days after 1970-01-01. */
export function civilFromDays(days: number): CivilDay {
  const shifted = days + DAYS_BEFORE_1970;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
