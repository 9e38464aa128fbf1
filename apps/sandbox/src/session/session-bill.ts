import type { PixelSession } from './session.js';

/** Ends that are the house's own fault; nobody pays for them. */
const HOUSE_FAULTS: ReadonlySet<string> = new Set(['service_stopped', 'recording_failed', 'session_failed']);
const MINUTE_MS = 60_000;

/**
 * Minutes of a session that are billed, each that was begun counted whole. None where it was never opened, where the house
 * ended it by a failure of its own, or where the agreement names no such meter.
 */
export function billedMinutes(
  { startedAt, endedAt, endReason, grounds }: PixelSession,
  instant: (text: string) => number,
): number {
  if (startedAt === null || endedAt === null || HOUSE_FAULTS.has(endReason ?? '')) return 0;
  if (!grounds.meters.includes('session_minutes')) return 0;
  return Math.ceil(Math.max(0, instant(endedAt) - instant(startedAt)) / MINUTE_MS);
}
