import type { PeriodTerm } from './charge-v2.js';

const DAY_MS = 86_400_000;

/** When an agreement is in force. */
export interface InForce {
  readonly from: Date;
  /** First instant after it. */
  readonly until: Date;
}

/**
 * Where a month lies in an agreement, by calendar days of a zone: a day counts when the agreement is in force at any
 * instant of it, so that the first and the last day are counted whole, whatever the hour.
 *
 * @param period `2015-05`.
 * @param timeZone IANA name.
 */
export function termOf(period: string, { from, until }: InForce, timeZone: string): Omit<PeriodTerm, 'firstRated'> {
  const [year = 0, month = 1] = period.split('-').map(Number);
  const first = dayNo(year, month, 1);
  const next = dayNo(year, month + 1, 1);
  const begins = dateIn(from.getTime(), timeZone);
  const ends = dateIn(until.getTime() - 1, timeZone);
  const activeDays = Math.min(ends.day, next - 1) - Math.max(begins.day, first) + 1;
  return {
    periodNo: Math.max(1, (year - begins.year) * 12 + month - begins.month + 1),
    activeDays: Math.max(0, activeDays),
    periodDays: next - first,
  };
}

function dateIn(instantMs: number, timeZone: string): { year: number; month: number; day: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(instantMs);
  const at = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  const [year, month] = [at('year'), at('month')];
  return { year, month, day: dayNo(year, month, at('day')) };
}

/** Days since 1970-01-01; a month of 13 is January of the next year. */
function dayNo(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}
