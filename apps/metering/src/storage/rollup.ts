import { Decimal } from '@hetao/kernel';
import { msPerHour } from '../window/instant.js';
import { msPerQuarter, type WindowTotal } from '../window/usage-window.js';

/** Which of the two parties to a two-sided meter counted. */
export type Side = 'merchant' | 'gateway';

/** An accepted event, as far as sums are concerned. */
export interface RolledUse {
  readonly agreementId: string;
  readonly agreementNo: number;
  readonly side: Side;
  /** Whether this side's count is the one that is billed. */
  readonly isBilled: boolean;
  /** 128 bits over the dimensions in hexadecimal; {@link noDimensions} where there are none. */
  readonly dimsHash: string;
  /** When the usage happened; ms since 1970. */
  readonly timeMs: number;
  readonly quantities: readonly { readonly meter: string; readonly quantity: Decimal }[];
}

export const noDimensions = '0'.repeat(32);

/** A sum of one agreement, meter and set of dimensions over a minute or an hour. */
export interface DimensionTotal {
  readonly agreementNo: number;
  readonly windowStartMs: number;
  readonly meter: string;
  readonly dimsHash: string;
  readonly quantity: Decimal;
  readonly events: number;
}

/** What one side counted of one agreement and meter in one hour. */
export interface SideTotal {
  readonly agreementNo: number;
  readonly windowStartMs: number;
  readonly meter: string;
  readonly side: Side;
  readonly quantity: Decimal;
  readonly events: number;
}

/** What a set of events sums to, each list in the order of its key, in which every writer locks. */
export interface Rollups {
  /** By quarter hour; what is billed. */
  readonly totals: readonly WindowTotal[];
  readonly minutes: readonly DimensionTotal[];
  /** By hour, of agreements that have dimensions. */
  readonly hours: readonly DimensionTotal[];
  readonly sides: readonly SideTotal[];
}

const MS_PER_MINUTE = 60_000;

/** Sums events before they reach the database: some rows a batch in place of some rows an event. */
export function rollUp(uses: Iterable<RolledUse>): Rollups {
  const buckets = minuteBuckets(uses);
  const totals = new Map<string, WindowTotal>();
  const minutes = new Map<string, DimensionTotal>();
  const hours = new Map<string, DimensionTotal>();
  const sides = new Map<string, SideTotal>();
  for (const { use, minuteMs, sums } of buckets) {
    const { agreementId, agreementNo, dimsHash, side } = use;
    const hour = floorTo(minuteMs, msPerHour);
    for (const { meter, quantity, events } of sums) {
      const sum = { agreementNo, meter, quantity, events };
      add(sides, `${agreementNo} ${hour} ${meter} ${side}`, { ...sum, windowStartMs: hour, side });
      if (!use.isBilled) continue;
      const quarter = floorTo(minuteMs, msPerQuarter);
      const total = { agreementId, windowStartMs: quarter, meter, quantity, events };
      add(totals, `${agreementNo} ${quarter} ${meter}`, total);
      add(minutes, `${agreementNo} ${minuteMs} ${meter} ${dimsHash}`, { ...sum, windowStartMs: minuteMs, dimsHash });
      if (dimsHash === noDimensions) continue;
      add(hours, `${agreementNo} ${hour} ${meter} ${dimsHash}`, { ...sum, windowStartMs: hour, dimsHash });
    }
  }
  return {
    totals: [...totals.values()].sort(inOrderOfTotals),
    minutes: [...minutes.values()].sort(inOrderOfDimensions),
    hours: [...hours.values()].sort(inOrderOfDimensions),
    sides: [...sides.values()].sort(inOrderOfSides),
  };
}

interface Bucket {
  readonly use: RolledUse;
  readonly minuteMs: number;
  readonly sums: { readonly meter: string; quantity: Decimal; events: number }[];
}

/** Sums by minute, the finest of the windows: the others are sums of these few rows, not of all events. */
function minuteBuckets(uses: Iterable<RolledUse>): Iterable<Bucket> {
  const buckets = new Map<string, Bucket>();
  let last: Bucket | undefined;
  for (const use of uses) {
    const minuteMs = floorTo(use.timeMs, MS_PER_MINUTE);
    // Events come in runs of one minute: most need no look-up at all.
    if (!last || last.minuteMs !== minuteMs || !isAlike(last.use, use)) {
      const key = `${use.agreementNo} ${minuteMs} ${use.side} ${use.dimsHash}`;
      last = buckets.get(key) ?? { use, minuteMs, sums: [] };
      buckets.set(key, last);
    }
    for (const { meter, quantity } of use.quantities) {
      const sum = last.sums.find((one) => one.meter === meter);
      if (sum) {
        sum.quantity = sum.quantity.plus(quantity);
        sum.events += 1;
      } else {
        last.sums.push({ meter, quantity, events: 1 });
      }
    }
  }
  return buckets.values();
}

function isAlike(a: RolledUse, b: RolledUse): boolean {
  return a.agreementNo === b.agreementNo && a.side === b.side && a.dimsHash === b.dimsHash;
}

function add<T extends { readonly quantity: Decimal; readonly events: number }>(
  sums: Map<string, T>,
  key: string,
  one: T,
): void {
  const sum = sums.get(key);
  if (!sum) sums.set(key, one);
  else sums.set(key, { ...sum, quantity: sum.quantity.plus(one.quantity), events: sum.events + one.events });
}

function floorTo(ms: number, step: number): number {
  return Math.floor(ms / step) * step;
}

function inOrderOfTotals(a: WindowTotal, b: WindowTotal): number {
  if (a.agreementId !== b.agreementId) return a.agreementId < b.agreementId ? -1 : 1;
  return a.windowStartMs - b.windowStartMs || compareText(a.meter, b.meter);
}

function inOrderOfDimensions(a: DimensionTotal, b: DimensionTotal): number {
  const byWindow = a.agreementNo - b.agreementNo || a.windowStartMs - b.windowStartMs;
  return byWindow || compareText(a.meter, b.meter) || compareText(a.dimsHash, b.dimsHash);
}

function inOrderOfSides(a: SideTotal, b: SideTotal): number {
  const byWindow = a.agreementNo - b.agreementNo || a.windowStartMs - b.windowStartMs;
  return byWindow || compareText(a.meter, b.meter) || compareText(a.side, b.side);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
