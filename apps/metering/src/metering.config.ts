import { z } from 'zod';
import { integerSetting } from '@hetao/runtime';

/** Settings of metering, on top of the common ones. */
export const meteringConfig = z.object({
  /** Zone of months where a request names none. */
  METERING_TIME_ZONE: z.string().default('Asia/Shanghai').refine(isTimeZone, 'must be an IANA time zone'),
  /** Transactions that count usage at the same time. */
  METERING_LANES: integerSetting(1, 16).prefault('3'),
});
export type MeteringConfig = z.output<typeof meteringConfig>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // RangeError: no such zone.
  }
}
