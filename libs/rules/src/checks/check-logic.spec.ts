import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Clause, Fact, FactValue, Flag, Rule, RuleSet } from '../engine/rule-set.js';
import { szdexCrossBorder202611 as good } from '../szdex/szdex-2026-11.js';
import { checkLogic } from './check-logic.js';

const text = { en: 'x', 'zh-Hans': 'x', 'zh-Hant': 'x' };
const facts: readonly Fact[] = [
  { key: 'a', type: 'bool', question: text },
  { key: 'b', type: 'bool', question: text },
  { key: 'c', type: 'enum', values: ['x', 'y', 'z'], question: text },
  { key: 'd', type: 'enum', values: ['y', 'z', 'w'], question: text },
  { key: 'n', type: 'int', question: text },
];
/** Every case there is, the numbers by one on either side of each bound. */
const numbers = [0, 3, 4, 5, 6, 7, 8, 9];
type Case = Readonly<Record<string, FactValue>>;
const cases: readonly Case[] = [false, true].flatMap((a) =>
  [false, true].flatMap((b) =>
    ['x', 'y', 'z'].flatMap((c) => ['y', 'z', 'w'].flatMap((d) => numbers.map((n) => ({ a, b, c, d, n })))),
  ),
);

const clause: fc.Arbitrary<Clause> = fc.oneof(
  fc.tuple(fc.constantFrom('a', 'b'), fc.constant('eq' as const), fc.boolean()),
  fc.tuple(fc.constant('c'), fc.constantFrom('eq' as const, 'ne' as const), fc.constantFrom('x', 'y', 'z')),
  fc.tuple(
    fc.constant('c'),
    fc.constantFrom('in' as const, 'nin' as const),
    fc.subarray(['x', 'y', 'z'], { minLength: 1 }),
  ),
  fc.tuple(
    fc.constant('n'),
    fc.constantFrom('lt' as const, 'lte' as const, 'gt' as const, 'gte' as const),
    fc.constantFrom(4, 5, 8),
  ),
  fc.constant(['c', 'eqfact', 'd'] as const),
);
const all = fc.array(clause, { minLength: 1, maxLength: 3 });
const some = fc.array(fc.record({ all }), { minLength: 1, maxLength: 2 });
const when: fc.Arbitrary<Rule['when']> = fc.oneof(fc.record({ all }), fc.record({ all, any: some }));

/** A clause as the reader of the rules understands it, without boxes or tables. */
function holds([fact, operator, value]: Clause, known: Case): boolean {
  const is = known[fact] as FactValue;
  switch (operator) {
    case 'eq':
      return is === value;
    case 'ne':
      return is !== value;
    case 'in':
      return (value as readonly FactValue[]).includes(is);
    case 'nin':
      return !(value as readonly FactValue[]).includes(is);
    case 'eqfact':
      return is === known[String(value)];
    case 'lt':
      return Number(is) < Number(value);
    case 'lte':
      return Number(is) <= Number(value);
    case 'gt':
      return Number(is) > Number(value);
    case 'gte':
      return Number(is) >= Number(value);
  }
}
const applies = ({ all: every, any }: Rule['when'], known: Case): boolean =>
  every.every((each) => holds(each, known)) &&
  (any === undefined || any.some((part) => part.all.every((each) => holds(each, known))));

const drawnRule = fc.record({ stage: fc.constantFrom('one', 'two'), then: fc.constantFrom('P', 'Q', 'R'), when });
const ruleSetOf = (
  drawn: readonly Pick<Rule, 'stage' | 'then' | 'when'>[],
  impossible: RuleSet['contradictions'],
): RuleSet => {
  const ordered = ['one', 'two'].flatMap((stage) => drawn.filter((rule) => rule.stage === stage));
  const rules = ordered.map((rule, at): Rule => ({ ...rule, id: `R${at}`, text, cite: [], certainty: 'settled' }));
  const net: Rule = { id: 'NET', stage: 'two', then: 'P', when: { all: [] }, text, cite: [], certainty: 'design' };
  return { ...good, facts, rules: [...rules, net], flags: [], doubts: [], contradictions: impossible };
};

describe('rules out of reach and rules that disagree', () => {
  it('are found exactly: as a search through every case finds them', () => {
    const contradictions = fc
      .array(all, { maxLength: 1 })
      .map((list) => list.map((each) => ({ id: 'C', text, when: { all: each } })));
    fc.assert(
      fc.property(fc.array(drawnRule, { maxLength: 6 }), contradictions, (drawn, impossible) => {
        const ruleSet = ruleSetOf(drawn, impossible);
        const { rules } = ruleSet;
        const possible = cases.filter((known) => !impossible.some((each) => applies(each.when, known)));
        const reached = rules.map(
          (rule, at) =>
            at === rules.length - 1 ||
            possible.some(
              (known) => applies(rule.when, known) && !rules.slice(0, at).some((before) => applies(before.when, known)),
            ),
        );
        const unreachable = rules.filter((_, at) => !reached[at]).map(({ id }) => id);
        const disagreeing = rules.flatMap((rule, at) => {
          if (!reached[at]) return [];
          const first = rules.findIndex(({ stage }) => stage === rule.stage);
          return rules.flatMap((other, number) => {
            const rival = number > at && other.stage === rule.stage && other.then !== rule.then && reached[number];
            const both = possible.some(
              (known) =>
                applies(rule.when, known) &&
                applies(other.when, known) &&
                !rules.slice(0, first).some((before) => applies(before.when, known)),
            );
            return rival && both ? [`${rule.id} ${other.id}`] : [];
          });
        });
        const faults = checkLogic(ruleSet);
        const named = (code: string): string[] =>
          faults.filter((fault) => fault.code === code).map(({ detail }) => detail.split(' ')[0] ?? '');
        const pairs = faults
          .filter(({ code }) => code === 'RULES_OVERLAP')
          .map(({ detail }) => detail.split(' '))
          .map(([one, , other]) => `${String(one)} ${String(other)}`);
        expect(named('RULE_UNREACHABLE')).toEqual(unreachable);
        expect(pairs.sort()).toEqual(disagreeing.sort());
      }),
      { numRuns: 300 },
    );
  });

  it('are found among flags that read each other: exactly those that lie on a circle', () => {
    const names = ['A', 'B', 'C', 'D', 'E'];
    const reads = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { maxLength: 8 });
    fc.assert(
      fc.property(reads, (edges) => {
        const flags = names.map((id): Flag => {
          const clauses = edges.filter(([from]) => from === id).map(([, to]): Clause => [`flag.${to}`, 'eq', true]);
          return { id, text, cite: [], certainty: 'design', when: { all: clauses } };
        });
        const reaches = (from: string, to: string, steps: number): boolean =>
          steps > 0 && edges.some(([one, next]) => one === from && (next === to || reaches(next, to, steps - 1)));
        const circular = names.filter((name) => reaches(name, name, names.length));
        const found = checkLogic({ ...ruleSetOf([], []), flags }).filter(({ code }) => code === 'RULE_CIRCULAR');
        expect(found.map(({ detail }) => detail.split(' ')[0])).toEqual(circular);
      }),
      { numRuns: 300 },
    );
  });
});
