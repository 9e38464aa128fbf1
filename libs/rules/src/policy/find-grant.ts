import { compilePolicy } from './compile.js';
import { PolicyEvaluator } from './evaluate.js';
import type { OdrlPolicy } from './odrl.js';
import type { OperandName, PolicyUse } from './vocabulary.js';
import { findWitness, NOBODY, NOWHERE, testsOfRules, type PolicyWindow } from './witness.js';

/** What is fixed about a use somebody looks for; everything else may be anything. */
export interface GivenFacts {
  readonly action: string;
  readonly purpose?: string;
  readonly place?: string;
  readonly recipient?: string;
}

/** As long as instants can be named. */
const ALWAYS: PolicyWindow = { from: new Date(0), until: new Date(8_640_000_000_000_000) };

/** The earliest use with these facts that a policy permits, in a time or ever; null where it permits none. */
export function findGrant(policy: OdrlPolicy, given: GivenFacts, window: PolicyWindow = ALWAYS): PolicyUse | null {
  const { permissions, prohibitions } = compilePolicy(policy);
  const evaluator = new PolicyEvaluator(policy);
  const fixed: Partial<Record<OperandName, unknown>> = {
    purpose: given.purpose,
    spatial: given.place,
    recipient: given.recipient,
  };
  const open = testsOfRules([...permissions, ...prohibitions]).filter(
    ({ operand }) => operand !== null && fixed[operand.name] === undefined,
  );
  return findWitness(open, window, (use) => evaluator.permits({ ...use, ...given })) ?? null;
}

/** What a policy comes to in the four words that every older reader of the exchange knows. */
export interface PolicySummary {
  /** Purposes it can be used for; null where it permits purposes it does not name. */
  readonly purposes: readonly string[] | null;
  /** Places, likewise, as they are spelled. */
  readonly placesOfUse: readonly string[] | null;
  readonly onwardUse: boolean;
  /** The fewest whole days after which something must be deleted. */
  readonly retentionDays: number | null;
}

/** Sums a policy up: never wider than the policy itself. */
export function summaryOf(policy: OdrlPolicy, window: PolicyWindow): PolicySummary {
  const named = (operand: OperandName) => namedIn(policy, operand);
  const spans = compilePolicy(policy)
    .obligations.filter(({ action }) => action === 'delete')
    .flatMap(({ conditions }) => conditions.flatMap((each) => (each.kind === 'test' ? [each] : [])))
    .flatMap(({ operand, values }) => (operand?.name === 'elapsedTime' ? values.map(Number) : []));
  const use = { action: 'use' } as const;
  const granted = (given: GivenFacts) => findGrant(policy, given, window) !== null;
  return {
    purposes: granted({ ...use, purpose: NOBODY })
      ? null
      : named('purpose').filter((purpose) => granted({ ...use, purpose })),
    placesOfUse: granted({ ...use, place: NOWHERE })
      ? null
      : named('spatial').filter((place) => granted({ ...use, place })),
    onwardUse: granted({ action: 'distribute' }),
    retentionDays: spans.length === 0 ? null : Math.floor(Math.min(...spans) / 86_400_000),
  };
}

/** Names a policy compares an operand with, each once, in its order. */
function namedIn(policy: OdrlPolicy, operand: OperandName): readonly string[] {
  const { permissions, prohibitions } = compilePolicy(policy);
  const tests = testsOfRules([...permissions, ...prohibitions]).filter((test) => test.operand?.name === operand);
  return [...new Set(tests.flatMap(({ values }) => values.map(String)))];
}
