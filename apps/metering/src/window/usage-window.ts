import { Decimal, deterministicId } from '@hetao/kernel';
import { formatInstant, msPerHour } from './instant.js';

/**
 * How finely usage is summed as it comes in. Every clock in use is a whole number of quarter hours from UTC, so the hours,
 * days and months of every zone are sums of these.
 */
export const msPerQuarter = 900_000;

/** One agreement's use of one meter in one quarter of an hour. */
export interface WindowTotal {
  readonly agreementId: string;
  /** Start of the quarter hour; ms since 1970, UTC. */
  readonly windowStartMs: number;
  readonly meter: string;
  readonly quantity: Decimal;
  /** How many events made the quantity. */
  readonly events: number;
}

/** What a window total is made of. */
export interface CountedUse {
  readonly agreementId: string;
  readonly timeMs: number;
  readonly quantities: readonly { readonly meter: string; readonly quantity: Decimal }[];
}

/** First instant of the quarter hour an instant lies in. */
export function quarterStart(ms: number): number {
  return Math.floor(ms / msPerQuarter) * msPerQuarter;
}

/** The same id for the same hour of the same agreement, for ever. */
export function windowId(agreementId: string, windowStartMs: number): string {
  return deterministicId('win', agreementId, formatInstant(windowStartMs));
}

/** First instant after an hour. */
export function windowEndMs(windowStartMs: number): number {
  return windowStartMs + msPerHour;
}

/**
 * Sums a batch before it reaches the database: one row a window and meter instead of one an event. In the order of
 * (agreement, quarter hour, meter), in which every writer locks, so that two batches never wait for each other in a circle.
 */
export function sumByWindow(uses: Iterable<CountedUse>): readonly WindowTotal[] {
  const totals = new Map<string, WindowTotal>();
  for (const { agreementId, timeMs, quantities } of uses) {
    const windowStartMs = quarterStart(timeMs);
    for (const { meter, quantity } of quantities) {
      const key = `${agreementId} ${windowStartMs} ${meter}`;
      const sum = totals.get(key);
      totals.set(key, {
        agreementId,
        windowStartMs,
        meter,
        quantity: sum ? sum.quantity.plus(quantity) : quantity,
        events: (sum?.events ?? 0) + 1,
      });
    }
  }
  return [...totals.values()].sort(inLockOrder);
}

function inLockOrder(a: WindowTotal, b: WindowTotal): number {
  if (a.agreementId !== b.agreementId) return a.agreementId < b.agreementId ? -1 : 1;
  if (a.windowStartMs !== b.windowStartMs) return a.windowStartMs - b.windowStartMs;
  return a.meter < b.meter ? -1 : 1;
}
