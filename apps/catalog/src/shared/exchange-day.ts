import { addDays } from '@hetao/rules';

const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;

/** The calendar date in Shenzhen and Hong Kong (UTC+8, no summer time): papers, rights and certificates end on dates. */
export function exchangeDay(instant: { getTime(): number }): string {
  return daysAfter('1970-01-01', Math.floor((instant.getTime() + OFFSET_MS) / DAY_MS));
}

/** The date so many days after a date; both ISO 8601. */
export function daysAfter(date: string, days: number): string {
  return addDays(date, days);
}
