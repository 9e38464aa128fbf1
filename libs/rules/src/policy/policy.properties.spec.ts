import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluatePolicy, PolicyEvaluator } from './evaluate.js';
import type { OdrlConstraint, OdrlDuty, OdrlPolicy, OdrlRule } from './odrl.js';
import type { PolicyUse } from './vocabulary.js';

const purposes = ['research', 'teaching', 'marketing'] as const;
const places = ['HK', 'MO', 'SG'] as const;
const actions = ['use', 'distribute', 'derive', 'sell', 'transfer'] as const;
const day = (number: number): string => new Date(Date.UTC(2026, 0, 1 + number)).toISOString();

const known: fc.Arbitrary<OdrlConstraint> = fc.oneof(
  test('purpose', fc.constantFrom('eq', 'neq', 'isAnyOf', 'isNoneOf'), fc.constantFrom(...purposes)),
  test('spatial', fc.constantFrom('eq', 'neq', 'isPartOf'), fc.constantFrom(...places)),
  test('count', fc.constantFrom('eq', 'neq', 'lt', 'lteq', 'gt', 'gteq'), fc.integer({ min: 0, max: 5 }).map(String)),
  test('dateTime', fc.constantFrom('lt', 'lteq', 'gt', 'gteq'), fc.integer({ min: 0, max: 5 }).map(day)),
);
const unknown: fc.Arbitrary<OdrlConstraint> = fc.oneof(
  test('industry', fc.constant('eq'), fc.constant('health')),
  test('purpose', fc.constant('isA'), fc.constantFrom(...purposes)),
  test('count', fc.constant('lteq'), fc.constant('many')),
);
const readable = constraintsOf(known);
const any = constraintsOf(fc.oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: unknown }));

function test(
  operand: string,
  operator: fc.Arbitrary<string>,
  right: fc.Arbitrary<string>,
): fc.Arbitrary<OdrlConstraint> {
  return fc.record({
    leftOperand: fc.constantFrom(operand, `odrl:${operand}`),
    operator,
    rightOperand: right,
  });
}
function constraintsOf(leaf: fc.Arbitrary<OdrlConstraint>): fc.Arbitrary<OdrlConstraint> {
  return fc.letrec<{ node: OdrlConstraint }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      leaf,
      ...(['and', 'or', 'xone', 'andSequence'] as const).map((connective) =>
        fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((parts) => ({ [connective]: parts })),
      ),
    ),
  })).node;
}
function rulesOf(constraint: fc.Arbitrary<OdrlConstraint>): fc.Arbitrary<OdrlRule> {
  return fc.record({ action: fc.constantFrom(...actions), constraint: fc.array(constraint, { maxLength: 3 }) });
}
function policiesOf(constraint: fc.Arbitrary<OdrlConstraint>): fc.Arbitrary<OdrlPolicy> {
  const rules = fc.array(rulesOf(constraint), { maxLength: 4 });
  const due = fc.integer({ min: 0, max: 5 }).map(day);
  const duty: fc.Arbitrary<OdrlDuty> = due.map((rightOperand) => ({
    action: 'delete',
    constraint: [{ leftOperand: 'dateTime', operator: 'lteq', rightOperand }],
  }));
  return fc.record({ permission: rules, prohibition: rules, obligation: fc.array(duty, { maxLength: 1 }) });
}
const uses: fc.Arbitrary<PolicyUse> = fc.record({
  action: fc.constantFrom(...actions),
  at: fc.integer({ min: -1, max: 6 }).map((number) => new Date(day(number))),
  purpose: fc.constantFrom(...purposes, undefined),
  place: fc.constantFrom(...places, undefined),
  count: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, undefined),
  fulfilled: fc.constantFrom([], ['delete']),
});
const wholeUses = uses.map((use) => ({
  ...use,
  purpose: use.purpose ?? 'research',
  place: use.place ?? 'HK',
  count: use.count ?? 1,
}));
const runs = { numRuns: 250 };

describe('whatever the policy', () => {
  it('a prohibition more never permits more, and a permission more never less', () => {
    fc.assert(
      fc.property(policiesOf(any), rulesOf(any), uses, (policy, rule, use) => {
        const before = evaluatePolicy(policy, use).permitted;
        const stricter = { ...policy, prohibition: [...(policy.prohibition ?? []), rule] };
        const wider = { ...policy, permission: [...(policy.permission ?? []), rule] };
        expect(!before && evaluatePolicy(stricter, use).permitted).toBe(false);
        expect(before && !evaluatePolicy(wider, use).permitted).toBe(false);
      }),
      runs,
    );
  });

  it('the order of rules and constraints decides nothing', () => {
    fc.assert(
      fc.property(policiesOf(any), uses, (policy, use) => {
        expect(new PolicyEvaluator(reversed(policy)).permits(use)).toBe(new PolicyEvaluator(policy).permits(use));
      }),
      runs,
    );
  });

  it('an unknown constraint takes every permission away, and leaves no prohibition of the action out', () => {
    fc.assert(
      fc.property(policiesOf(any), unknown, uses, (policy, strange, use) => {
        const permission = (policy.permission ?? []).map((rule) => ({
          ...rule,
          constraint: [...(rule.constraint ?? []), strange],
        }));
        expect(new PolicyEvaluator({ ...policy, permission }).permits(use)).toBe(false);
        const prohibition = [...(policy.prohibition ?? []), { action: use.action, constraint: [strange] }];
        expect(new PolicyEvaluator({ ...policy, prohibition }).permits(use)).toBe(false);
      }),
      runs,
    );
  });

  it('a fact left out never permits what it forbids', () => {
    fc.assert(
      fc.property(policiesOf(any), wholeUses, fc.constantFrom('purpose', 'place', 'count'), (policy, use, fact) => {
        const evaluator = new PolicyEvaluator(policy);
        // If it is permitted without the fact, it is permitted whatever the fact is.
        if (!evaluator.permits({ ...use, [fact]: undefined })) return;
        expect(evaluator.permits(use)).toBe(true);
      }),
      runs,
    );
  });

  it('the answer agrees with a plain model of the same words', () => {
    fc.assert(
      fc.property(policiesOf(readable), wholeUses, (policy, use) => {
        const { permitted, reason } = evaluatePolicy(policy, use);
        expect(permitted).toBe(modelPermits(policy, use));
        expect(reason.en.startsWith(permitted ? 'Permitted' : 'Refused')).toBe(true);
      }),
      { numRuns: 600 },
    );
  });
});

function reversed(policy: OdrlPolicy): OdrlPolicy {
  const turn = (constraint: OdrlConstraint): OdrlConstraint =>
    'leftOperand' in constraint
      ? constraint
      : Object.fromEntries(
          Object.entries(constraint).map(([kind, parts]) => [kind, (parts as OdrlConstraint[]).map(turn).reverse()]),
        );
  const rules = (list: readonly OdrlRule[] = []) =>
    list.map((rule) => ({ ...rule, constraint: (rule.constraint ?? []).map(turn).reverse() })).reverse();
  return {
    permission: rules(policy.permission),
    prohibition: rules(policy.prohibition),
    obligation: rules(policy.obligation),
  };
}

/** The same rules in two-valued logic, written as plainly as can be: for whole facts and readable terms only. */
function modelPermits(policy: OdrlPolicy, use: PolicyUse): boolean {
  const wider: Record<string, string[]> = {
    sell: ['sell', 'transfer'],
    distribute: ['distribute', 'use'],
    derive: ['derive', 'use'],
  };
  const concerned = wider[use.action] ?? [use.action];
  const holds = (rule: OdrlDuty) => (rule.constraint ?? []).every((constraint) => modelHolds(constraint, use));
  const missed = (policy.obligation ?? []).some((duty) => !holds(duty) && !use.fulfilled?.includes('delete'));
  return (
    !missed &&
    (policy.permission ?? []).some((rule) => rule.action === use.action && holds(rule)) &&
    !(policy.prohibition ?? []).some((rule) => concerned.includes(rule.action) && holds(rule))
  );
}

function modelHolds(constraint: OdrlConstraint, use: PolicyUse): boolean {
  if (!('leftOperand' in constraint)) {
    const parts = (Object.values(constraint)[0] as OdrlConstraint[]).map((part) => modelHolds(part, use));
    if ('or' in constraint) return parts.includes(true);
    return 'xone' in constraint ? parts.filter(Boolean).length === 1 : !parts.includes(false);
  }
  const facts: Record<string, string | number | undefined> = {
    purpose: use.purpose,
    spatial: use.place,
    count: use.count,
    dateTime: use.at.getTime(),
  };
  const name = constraint.leftOperand.replace('odrl:', '');
  const fact = facts[name] ?? Number.NaN;
  const right = constraint.rightOperand as string;
  const value = name === 'count' ? Number(right) : name === 'dateTime' ? Date.parse(right) : right;
  const answers: Record<string, boolean> = {
    ...{
      eq: fact === value,
      isAnyOf: fact === value,
      isPartOf: fact === value,
      neq: fact !== value,
      isNoneOf: fact !== value,
    },
    ...{ lt: fact < value, lteq: fact <= value, gt: fact > value, gteq: fact >= value },
  };
  return answers[constraint.operator] ?? false;
}
