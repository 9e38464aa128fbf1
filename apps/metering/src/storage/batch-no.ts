import { formatInstant, parseInstant } from '../window/instant.js';

/**
 * Numbers of batches: the UTC day of receipt (days since 1970) times 2^32, plus a running number. The day in front makes
 * them the key by which raw usage is partitioned, without a column of its own in every row.
 */

const MS_PER_DAY = 86_400_000;
const RUNNING_NUMBERS = 2 ** 32;

/** UTC day of an instant, counted from 1970-01-01. */
export function receiptDay(ms: number): number {
  return Math.floor(ms / MS_PER_DAY);
}

/** First instant of a UTC day; ms since 1970. */
export function dayStartMs(day: number): number {
  return day * MS_PER_DAY;
}

/** Exact: a day of our time times 2^32 is far below 2^53. */
export function batchNo(day: number, running: number): number {
  return day * RUNNING_NUMBERS + (running % RUNNING_NUMBERS);
}

/** Smallest batch number of a day; that of the next day is the first one beyond it. */
export function firstBatchNo(day: number): number {
  return day * RUNNING_NUMBERS;
}

/** Name of the partition that holds the raw usage received on a day. */
export function partitionName(day: number): string {
  return `usage_events_${formatInstant(dayStartMs(day)).slice(0, 10).replaceAll('-', '')}`;
}

/** The day of a partition by its name; undefined for a name that is none. */
export function dayOfPartition(name: string): number | undefined {
  const [, year, month, day] = /^usage_events_(\d{4})(\d\d)(\d\d)$/.exec(name) ?? [];
  const startMs = parseInstant(`${year}-${month}-${day}T00:00:00Z`);
  return startMs === undefined ? undefined : receiptDay(startMs);
}
