import type { Reader as TenantReader } from '@hetao/kernel';
import { addDays } from '@hetao/rules';

export { seesEveryTenant } from '@hetao/kernel';

/** Who asks: a reader whose name goes into the history. */
export interface Reader extends TenantReader {
  readonly subject: string;
}

/** Who acts when nobody does: timers and what other services say. */
export const customsItself: Reader = { subject: 'customs', organisationId: '', personas: [], via: 'system' };

const DAY_MS = 86_400_000;
const MAINLAND_OFFSET_MS = 8 * 3_600_000;

/** An instant, such as a Date. */
export interface Instant {
  getTime(): number;
}

/** The date on the mainland at this instant (UTC+8, no summer time). */
export function mainlandDate(instant: Instant): string {
  return addDays('1970-01-01', Math.floor((instant.getTime() + MAINLAND_OFFSET_MS) / DAY_MS));
}

/** The calendar year in which mainland law counts this instant: the counters begin anew on its 1 January. */
export function mainlandYear(instant: Instant): number {
  return Number(mainlandDate(instant).slice(0, 4));
}
