import type { OpenItem } from './matching.js';

/** Lines that share an item, directly or through others, and all their items. */
export interface Cluster<N> {
  readonly lines: readonly N[];
  readonly items: readonly OpenItem[];
}

/** Divides lines by the items they hang together by, in the order in which the first line of each comes. */
export function clustersOf<N extends { readonly items: readonly OpenItem[] }>(
  waiting: readonly N[],
): readonly Cluster<N>[] {
  const leader = new Map<string, string>();
  const find = (id: string): string => {
    let at = id;
    for (let next = leader.get(at); next !== undefined && next !== at; next = leader.get(at)) at = next;
    return at;
  };
  for (const { items } of waiting) {
    const [first, ...others] = items;
    if (first === undefined) continue;
    if (!leader.has(first.id)) leader.set(first.id, first.id);
    for (const { id } of others) leader.set(find(id), find(first.id));
  }
  const groups = Map.groupBy(waiting, ({ items }) => find(items[0]?.id ?? ''));
  return [...groups.values()].map((lines) => ({
    lines,
    items: [...new Map(lines.flatMap(({ items }) => items.map((item) => [item.id, item] as const))).values()],
  }));
}
