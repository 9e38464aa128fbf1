import { boxesOf, cellsOf, findUncovered, intersect, type Box, type Cells } from '../checks/box.js';
import type { Facts, FactValue, RuleSet } from '../engine/rule-set.js';

/**
 * Which pathways the answer may still become, over every way the open questions can be answered without
 * contradicting each other. Exact, except where the search meets its bound: then a pathway stays in the list.
 */
export class PathwayOutlook {
  readonly #ruleSet: RuleSet;
  readonly #cells: Cells;
  readonly #impossible: readonly Box[];
  readonly #boxes: readonly (readonly Box[])[];

  constructor(ruleSet: RuleSet) {
    this.#ruleSet = ruleSet;
    this.#cells = cellsOf(ruleSet);
    this.#impossible = ruleSet.contradictions.flatMap(({ when }) => boxesOf(when, this.#cells));
    this.#boxes = ruleSet.rules.map(({ when }) => boxesOf(when, this.#cells));
  }

  /** One value out of each span of values that the rules tell apart. */
  valuesOf(factKey: string): readonly FactValue[] {
    return this.#cells.get(factKey) ?? [];
  }

  /** Ids of the pathways, in the order of the rules that lead to them. */
  possible(facts: Facts): readonly string[] {
    const known = this.#boxOf(facts);
    const within = (boxes: readonly Box[]): Box[] => boxes.flatMap((box) => intersect(box, known) ?? []);
    const found = new Set<string>();
    const earlier: Box[] = within(this.#impossible);
    this.#ruleSet.rules.forEach(({ then }, number) => {
      const boxes = within(this.#boxes[number] ?? []);
      if (!found.has(then) && boxes.some((box) => findUncovered(box, earlier, this.#cells) !== 'none')) found.add(then);
      earlier.push(...boxes);
    });
    return [...found];
  }

  #boxOf(facts: Facts): Box {
    const box = new Map<string, bigint>();
    for (const [key, cells] of this.#cells) {
      const value = facts[key] ?? null;
      if (value !== null) box.set(key, 1n << BigInt(cellOf(value, cells)));
    }
    return box;
  }
}

/** Where a value lies: for a number the last cell that is not above it, since the rules cannot tell it from that one. */
function cellOf(value: FactValue, cells: readonly FactValue[]): number {
  if (typeof value !== 'number') return cells.indexOf(value);
  return cells.findLastIndex((cell) => typeof cell === 'number' && cell <= value);
}
