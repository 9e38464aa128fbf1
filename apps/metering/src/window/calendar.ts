import { type CivilDay, civilFromDays, daysFromCivil, msPerDay, msPerHour } from './instant.js';

/**
 * Windows of a wall clock. Everything is asked of one function, the zone's offset at an instant, so the rules below
 * are plain arithmetic and a test can hold them against clocks that no country keeps.
 */

export const granularities = ['minute', 'hour', 'day', 'month'] as const;
export type Granularity = (typeof granularities)[number];

/** A half-open interval of time; ms since 1970, UTC. */
export interface Interval {
  readonly startMs: number;
  /** First instant after it. */
  readonly endMs: number;
}

/** What a wall clock in a place shows, as milliseconds ahead of UTC, at an instant. */
export type OffsetAt = (ms: number) => number;

const MS_PER_MINUTE = 60_000;
/** No clock is farther from UTC than this, and none changes twice within it. */
const REACH_MS = 26 * msPerHour;

/** The offset of an IANA zone as the runtime's time zone database has it; undefined for a name it does not know. */
export function offsetOf(timeZone: string): OffsetAt | undefined {
  // Offsets such as "+08:00" are no zones: they do not follow daylight saving.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(timeZone)) return undefined;
  let format: Intl.DateTimeFormat;
  try {
    // The calendar is named, because a locale's own may count other years.
    format = new Intl.DateTimeFormat('en-US', { ...FIELDS, timeZone, calendar: 'gregory', hourCycle: 'h23' });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return (ms) => {
    const fields: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(ms)) fields[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields;
    const secondMs = Math.floor(ms / 1000) * 1000;
    return daysFromCivil(year, month, day) * msPerDay + ((hour * 60 + minute) * 60 + second) * 1000 - secondMs;
  };
}

const FIELDS = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;

/** The day a wall clock shows. */
export function civilDayAt(ms: number, offsetAt: OffsetAt): CivilDay {
  return civilFromDays(Math.floor((ms + offsetAt(ms)) / msPerDay));
}

/**
 * The first instant of a day on a wall clock. A midnight that the clock skips gives the first instant after it; one
 * that it shows twice gives the earlier; a day that it skips altogether begins, and ends, where the next one begins.
 */
export function dayStart({ year, month, day }: CivilDay, offsetAt: OffsetAt): number {
  const midnight = daysFromCivil(year, month, day) * msPerDay;
  const [before, after] = [offsetAt(midnight - REACH_MS), offsetAt(midnight + REACH_MS)];
  if (before === after) return midnight - before;
  const changeMs = changeBetween(midnight - REACH_MS, midnight + REACH_MS, offsetAt);
  if (midnight - before < changeMs) return midnight - before;
  return Math.max(midnight - after, changeMs);
}

/** The instant in (fromMs, untilMs] from which the offset is no longer that of `fromMs`; there is one change in it. */
function changeBetween(fromMs: number, untilMs: number, offsetAt: OffsetAt): number {
  const old = offsetAt(fromMs);
  let [last, first] = [fromMs, untilMs];
  while (first - last > 1) {
    const middle = Math.floor((first + last) / 2);
    if (offsetAt(middle) === old) last = middle;
    else first = middle;
  }
  return first;
}

/**
 * The windows of one length that touch [fromMs, untilMs), in order, without gap or overlap; the first may begin before
 * it and the last end after it. Minutes and hours follow the wall clock and never span a change of it: where the clock
 * goes from 01:59:59 back to 01:30:00, the hour 1 is a window of an hour and one of half an hour.
 *
 * @param most thrown over: a RangeError says that there would be more windows.
 */
export function windowsIn(
  { startMs: fromMs, endMs: untilMs }: Interval,
  granularity: Granularity,
  offsetAt: OffsetAt,
  most = 10_000,
): readonly Interval[] {
  const windows: Interval[] = [];
  for (const window of walk(fromMs, granularity, offsetAt)) {
    if (window.startMs >= untilMs) break;
    if (window.endMs <= fromMs || window.endMs === window.startMs) continue;
    if (windows.length === most) throw new RangeError(`There are more than ${most} windows of a ${granularity}.`);
    windows.push(window);
  }
  return windows;
}

function* walk(fromMs: number, granularity: Granularity, offsetAt: OffsetAt): Generator<Interval> {
  const day = civilDayAt(fromMs, offsetAt);
  // One step early: on a clock that goes back over midnight, the day it shows now may have begun as the day before.
  const first = granularity === 'month' ? { ...day, day: 1 } : day;
  for (let step = -1; ; step += 1) {
    const startMs = dayStart(stepped(first, granularity, step), offsetAt);
    const endMs = dayStart(stepped(first, granularity, step + 1), offsetAt);
    if (granularity === 'minute' || granularity === 'hour')
      yield* clockWindows({ startMs, endMs }, granularity, offsetAt);
    else yield { startMs, endMs };
  }
}

function stepped({ year, month, day }: CivilDay, granularity: Granularity, by: number): CivilDay {
  if (granularity !== 'month') return civilFromDays(daysFromCivil(year, month, day) + by);
  const number = year * 12 + month - 1 + by;
  return { year: Math.floor(number / 12), month: (number % 12) + 1, day };
}

/** Minutes or hours of one day, which has at most one change of the clock; a day that the clock skips has none. */
function* clockWindows(day: Interval, granularity: 'minute' | 'hour', offsetAt: OffsetAt): Generator<Interval> {
  if (day.startMs === day.endMs) return;
  const isEven = offsetAt(day.startMs) === offsetAt(day.endMs - 1);
  const changeMs = isEven ? day.endMs : changeBetween(day.startMs, day.endMs - 1, offsetAt);
  yield* evenWindows({ startMs: day.startMs, endMs: changeMs }, granularity, offsetAt(day.startMs));
  yield* evenWindows({ startMs: changeMs, endMs: day.endMs }, granularity, offsetAt(changeMs));
}

function* evenWindows(
  { startMs, endMs }: Interval,
  granularity: 'minute' | 'hour',
  offset: number,
): Generator<Interval> {
  const length = granularity === 'minute' ? MS_PER_MINUTE : msPerHour;
  for (let at = startMs; at < endMs;) {
    const next = Math.min((Math.floor((at + offset) / length) + 1) * length - offset, endMs);
    yield { startMs: at, endMs: next };
    at = next;
  }
}
