import type { ErrorItem } from '@hetao/kernel';
import { flagsRead } from '../engine/engine.js';
import type { RuleSet } from '../engine/rule-set.js';
import { boxesOf, cellsOf, findUncovered, intersect, type Box } from './box.js';

/** Rules out of reach, flags that read themselves, and disagreements between rules that nobody declared. */
export function checkLogic(ruleSet: RuleSet): readonly ErrorItem[] {
  return [...circularFlags(ruleSet), ...reachAndOverlap(ruleSet)];
}

function circularFlags({ flags }: RuleSet): ErrorItem[] {
  const reads = new Map(flags.map((flag) => [flag.id, flagsRead(flag)]));
  return flags.flatMap(({ id }, at) => {
    const reached = new Set(reads.get(id));
    // A Set visits what is added while it is walked, each member once.
    for (const next of reached) for (const further of reads.get(next) ?? []) reached.add(further);
    if (!reached.has(id)) return [];
    return [{ pointer: `/flags/${at}/when`, code: 'RULE_CIRCULAR', detail: `${id} depends on itself.` }];
  });
}

function reachAndOverlap(ruleSet: RuleSet): ErrorItem[] {
  const cells = cellsOf(ruleSet);
  const impossible = ruleSet.contradictions.flatMap(({ when }) => boxesOf(when, cells));
  const boxes = ruleSet.rules.map(({ when }) => boxesOf(when, cells));
  const isOpen = (parts: readonly Box[], minus: readonly Box[]): ReturnType<typeof findUncovered> => {
    const found = parts.map((part) => findUncovered(part, minus, cells));
    if (found.includes('found')) return 'found';
    return found.includes('undecided') ? 'undecided' : 'none';
  };
  const last = ruleSet.rules.length - 1;
  const reach = ruleSet.rules.map((_, at) => {
    // The rule for whatever is left is a net: that nothing is left is the best that can be said of the others.
    if (at === last) return 'found';
    return isOpen(boxes[at] ?? [], [...impossible, ...boxes.slice(0, at).flat()]);
  });
  return ruleSet.rules.flatMap((rule, at) => {
    const reached = reach[at];
    if (reached === 'none' || reached === 'undecided') return [reachFault(rule.id, at, reached)];
    const stageStart = ruleSet.rules.findIndex(({ stage }) => stage === rule.stage);
    const before = [...impossible, ...boxes.slice(0, stageStart).flat()];
    const overlaps = (other: number): boolean => {
      if (reach[other] === 'none') return false;
      const both = (boxes[at] ?? []).flatMap((a) => (boxes[other] ?? []).flatMap((b) => intersect(a, b) ?? []));
      return isOpen(both, before) !== 'none';
    };
    return overlapFaults(ruleSet, at, overlaps);
  });
}

function reachFault(id: string, at: number, reach: 'none' | 'undecided'): ErrorItem {
  const pointer = `/rules/${at}/when`;
  return reach === 'none'
    ? {
        pointer,
        code: 'RULE_UNREACHABLE',
        detail: `${id} never decides: earlier rules, or its own clauses, leave no case.`,
      }
    : {
        pointer,
        code: 'RULE_UNDECIDED',
        detail: `Whether ${id} can decide was not settled in bounded time: simplify it.`,
      };
}

function overlapFaults({ rules }: RuleSet, at: number, overlaps: (other: number) => boolean): ErrorItem[] {
  const rule = rules[at];
  if (rule === undefined) return [];
  const pointer = `/rules/${at}/overrides`;
  const declared = new Set(rule.overrides);
  const rivals = rules.flatMap((other, number) =>
    number > at && other.stage === rule.stage && other.then !== rule.then && overlaps(number) ? [other.id] : [],
  );
  return [
    ...rivals
      .filter((id) => !declared.has(id))
      .map((id) => ({
        pointer,
        code: 'RULES_OVERLAP',
        detail: `${rule.id} and ${id} disagree about some cases, and ${rule.id} does not say that it overrides ${id}.`,
      })),
    ...[...declared]
      .filter((id) => !rivals.includes(id))
      .map((id) => ({
        pointer,
        code: 'OVERRIDE_IDLE',
        detail: `${rule.id} says it overrides ${id}, but no later rule of its stage of that id disagrees with it.`,
      })),
  ];
}
