import { z } from 'zod';

/** Settings of metering, on top of the common ones. */
export const meteringConfig = z.object({
  /** Zone of months where a request names none. */
  METERING_TIME_ZONE: z.string().default('Asia/Shanghai').refine(isTimeZone, 'must be an IANA time zone'),
});
export type MeteringConfig = z.output<typeof meteringConfig>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false; // RangeError: no such zone.
  }
}
