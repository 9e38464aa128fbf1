import type { MatchableLine, OpenItem } from './matching.js';
import type { MatchGroup } from './passes.js';

/** How much of a line goes to an item. Amounts are minor units. */
export interface Edge<L extends MatchableLine = MatchableLine> {
  readonly line: L;
  readonly item: OpenItem;
  /** Money of the line. */
  readonly lineMinor: bigint;
  /** What the item is settled by: the money, and on the last edge the difference that is posted beside it. */
  readonly itemMinor: bigint;
}

/** Hands the money of a group's lines to its items, both in their order, so that every unit has one place. */
export function edgesOf<L extends MatchableLine>(group: MatchGroup<L>): readonly Edge<L>[] {
  const edges: Edge<L>[] = [];
  const missing = group.items.map(({ amountMinor }) => amountMinor);
  let at = 0;
  for (const line of group.lines) {
    let left = line.amountMinor;
    while (left > 0n) {
      const item = group.items[at];
      const due = missing[at] ?? 0n;
      if (item === undefined) break;
      // The last item takes what is left: in a group with a difference there is one item and one line.
      const part = left < due || at === group.items.length - 1 ? left : due;
      edges.push({ line, item, lineMinor: part, itemMinor: part });
      left -= part;
      missing[at] = due - part;
      if (missing[at] === 0n) at += 1;
    }
  }
  const last = edges.at(-1);
  if (last !== undefined && group.differenceMinor !== 0n) {
    edges[edges.length - 1] = { ...last, itemMinor: last.itemMinor + group.differenceMinor };
  }
  return edges;
}
