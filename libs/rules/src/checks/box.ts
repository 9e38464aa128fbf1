import type { Clause, Condition, Fact, FactValue, RuleSet } from '../engine/rule-set.js';
import { clauseTest } from '../engine/clause.js';
import { TRUE } from '../engine/truth.js';

/**
 * A set of cases: for each fact the cells it may lie in, as bits; a fact that is not named may be anything. Cells are
 * the values of a list, the two of a yes or no, and the spans between the numbers a rule set compares with, so a
 * handful of cells stands for every number there is.
 */
export type Box = ReadonlyMap<string, bigint>;

/** One value out of each cell of every fact. */
export type Cells = ReadonlyMap<string, readonly FactValue[]>;

/** Cuts every fact of a rule set into cells. */
export function cellsOf(ruleSet: RuleSet): Cells {
  const conditions = [...ruleSet.rules, ...ruleSet.flags, ...ruleSet.doubts, ...ruleSet.contradictions];
  const clauses = conditions.flatMap(({ when }) => clausesOf(when));
  return new Map(ruleSet.facts.map((fact) => [fact.key, cellsOfFact(fact, clauses)]));
}

/** Every clause of a condition. */
export function clausesOf(when: Condition): readonly Clause[] {
  return [...when.all, ...(when.any ?? []).flatMap(({ all }) => all)];
}

function cellsOfFact(fact: Fact, clauses: readonly Clause[]): readonly FactValue[] {
  if (fact.type === 'enum') return fact.values;
  if (fact.type === 'bool') return [false, true];
  const bounds = clauses.flatMap(([key, , value]) => (key === fact.key && typeof value === 'number' ? [value] : []));
  const edges = bounds.flatMap((bound) => [bound - 1, bound, bound + 1]).filter((edge) => edge >= 0);
  return [...new Set([0, ...edges])].sort((a, b) => a - b);
}

/** The cases in which a condition holds, once everything is known. Clauses about anything but facts are left open. */
export function boxesOf(when: Condition, cells: Cells): readonly Box[] {
  const start = intersectAll([new Map()], when.all, cells);
  return when.any === undefined ? start : when.any.flatMap(({ all }) => intersectAll(start, all, cells));
}

function intersectAll(boxes: readonly Box[], clauses: readonly Clause[], cells: Cells): readonly Box[] {
  let rest = boxes;
  for (const clause of clauses) {
    const parts = boxesOfClause(clause, cells);
    rest = rest.flatMap((box) => parts.flatMap((part) => intersect(box, part) ?? []));
  }
  return rest;
}

function boxesOfClause(clause: Clause, cells: Cells): readonly Box[] {
  const [fact, operator, value] = clause;
  const values = cells.get(fact);
  if (values === undefined) return [new Map()];
  if (operator === 'eqfact') return equalBoxes(fact, String(value), cells);
  const test = clauseTest(clause);
  return [new Map([[fact, maskOf(values, (cell) => test(cell, null) === TRUE)]])];
}

/** Two facts being equal is no single box, but one for each value they share. */
function equalBoxes(fact: string, other: string, cells: Cells): readonly Box[] {
  const others = cells.get(other) ?? [];
  return (cells.get(fact) ?? [])
    .filter((value) => others.includes(value))
    .map((shared) => {
      const only = (key: string): [string, bigint] => [key, maskOf(cells.get(key) ?? [], (value) => value === shared)];
      return new Map([only(fact), only(other)]);
    });
}

function maskOf(values: readonly FactValue[], keep: (value: FactValue) => boolean): bigint {
  return values.reduce((mask, value, bit) => (keep(value) ? mask | (1n << BigInt(bit)) : mask), 0n);
}

/** The cases in both; null when there is none. */
export function intersect(a: Box, b: Box): Box | null {
  const both = new Map(a);
  for (const [fact, mask] of b) {
    const shared = (both.get(fact) ?? mask) & mask;
    if (shared === 0n) return null;
    both.set(fact, shared);
  }
  return [...both.values()].includes(0n) ? null : both;
}

const MAX_STEPS = 300_000;

/**
 * Looks for a case in `box` that none of `minus` covers.
 *
 * @returns 'none' when all of it is covered, 'undecided' when the bound of the search was met first.
 */
export function findUncovered(box: Box, minus: readonly Box[], cells: Cells): 'found' | 'none' | 'undecided' {
  let steps = 0;
  const search = (rest: Box, next: number): boolean => {
    steps += 1;
    if (steps > MAX_STEPS) return true;
    const taken = minus[next];
    if (taken === undefined) return true;
    if (intersect(rest, taken) === null) return search(rest, next + 1);
    let inside: Box = rest;
    for (const [fact, mask] of taken) {
      const all = (1n << BigInt(cells.get(fact)?.length ?? 0)) - 1n;
      const outside = (inside.get(fact) ?? all) & ~mask;
      if (outside !== 0n && search(new Map(inside).set(fact, outside), next + 1)) return true;
      inside = new Map(inside).set(fact, (inside.get(fact) ?? all) & mask);
    }
    return false;
  };
  const found = search(box, 0);
  if (steps > MAX_STEPS) return 'undecided';
  return found ? 'found' : 'none';
}
