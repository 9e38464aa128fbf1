import type { LocalizedText } from '@hetao/kernel';
import { FALSE, TRUE, truthOf, UNKNOWN, type Truth, type TruthLevel } from '../engine/truth.js';
import { compilePolicy } from './compile.js';
import type { CompiledPolicy, CompiledRule, Condition, RuleKind } from './compiled.js';
import { becauseOf, textOfCondition, textOfRule, verdictText } from './explain.js';
import { allOf, factsOf, levelOf, type Facts } from './levels.js';
import { termOf, type OdrlPolicy } from './odrl.js';
import { dutyActions, isAction, isIncluded, type PolicyUse, type Refusal } from './vocabulary.js';
import { dueOf, type DutyState } from './duty.js';

/** What one condition came to, and what it was said from. */
export interface ConditionFinding {
  readonly pointer: string;
  readonly truth: Truth;
  readonly text: LocalizedText;
  /** What was compared, or why it cannot be; null for conditions put together, whose parts say it. */
  readonly because: LocalizedText | null;
  readonly parts: readonly ConditionFinding[];
}

/** What a duty asks for, and whether it was done. */
export interface DutyFinding {
  readonly pointer: string;
  readonly action: string;
  readonly state: DutyState;
  /** Until when it must be done; null where the policy sets no date, or the data has not come yet. */
  readonly due: Date | null;
  readonly text: LocalizedText;
}

/** What one rule came to: it grants, it forbids, or it says nothing about this use. */
export interface ClauseFinding {
  readonly pointer: string;
  readonly kind: RuleKind;
  readonly effect: 'grants' | 'forbids' | 'silent';
  /** Whether its conditions hold; unknown grants nothing, and forbids. */
  readonly truth: Truth;
  readonly text: LocalizedText;
  readonly conditions: readonly ConditionFinding[];
  readonly duties: readonly DutyFinding[];
}

/** The answer, with everything it was found from. */
export interface PolicyDecision {
  readonly permitted: boolean;
  readonly reason: LocalizedText;
  /** Every rule of the policy, in its order. */
  readonly clauses: readonly ClauseFinding[];
  /** What must still be done, or was done, under the rules that apply. */
  readonly duties: readonly DutyFinding[];
}

/**
 * The one evaluator of usage policies (ODRL 2.2 in the shape of the Dataspace Protocol): pure, and deny by default. A use
 * is permitted when a permission for exactly this action holds with its duties, no prohibition of it or of anything wider
 * may hold, and no obligation was missed. Whatever cannot be read or is not known never permits.
 */
export class PolicyEvaluator {
  readonly #policy: CompiledPolicy;

  constructor(policy: OdrlPolicy) {
    this.#policy = compilePolicy(policy);
  }

  /** The answer alone: the same as {@link evaluate}, without the words. */
  permits(use: PolicyUse): boolean {
    return this.refusal(use) === null;
  }

  /** Why the use is refused, prohibitions first; null when it is permitted. */
  refusal(use: PolicyUse): Refusal {
    return this.#refusal(use, factsOf(use));
  }

  /** The answer, clause by clause, in three languages. */
  evaluate(use: PolicyUse): PolicyDecision {
    const { permissions, prohibitions, obligations } = this.#policy;
    const facts = factsOf(use);
    const refusal = this.#refusal(use, facts);
    const clauses = [...permissions, ...prohibitions, ...obligations].map((rule) => clauseOf(rule, use, facts));
    const binding = clauses.filter(({ kind, effect }) => kind === 'obligation' || effect === 'grants');
    return {
      permitted: refusal === null,
      reason: verdictText(refusal, use.action),
      clauses,
      duties: binding.flatMap(({ duties }) => duties),
    };
  }

  #refusal(use: PolicyUse, facts: Facts): Refusal {
    const { permissions, prohibitions, obligations } = this.#policy;
    if (prohibitions.some((rule) => forbids(rule, use, facts))) return 'forbidden';
    if (!obligations.every((duty) => dutyStands(duty, use))) return 'duty';
    return permissions.some((rule) => grants(rule, use, facts)) ? null : 'not_granted';
  }
}

/** As {@link PolicyEvaluator.evaluate}, for a policy that is asked once. */
export function evaluatePolicy(policy: OdrlPolicy, use: PolicyUse): PolicyDecision {
  return new PolicyEvaluator(policy).evaluate(use);
}

/** A permission covers the action it names and no other: what it does not say is not allowed. */
export function grants(rule: CompiledRule, use: PolicyUse, facts: Facts): boolean {
  return (
    rule.action === termOf(use.action) &&
    ruleLevel(rule, facts) === TRUE &&
    rule.duties.every((duty) => dutyStands(duty, use))
  );
}

/** A prohibition covers what it names and all that is included in it; one of an unknown action covers everything. */
export function forbids(rule: CompiledRule, use: PolicyUse, facts: Facts): boolean {
  const concerns = !isAction(rule.action) || isIncluded(termOf(use.action), rule.action);
  return concerns && ruleLevel(rule, facts) !== FALSE;
}

function ruleLevel(rule: CompiledRule, facts: Facts): TruthLevel {
  const level = allOf(rule.conditions, facts);
  return rule.unknownMembers.length > 0 && level === TRUE ? UNKNOWN : level;
}

function dutyStands(duty: CompiledRule, use: PolicyUse): boolean {
  const state = dutyStateOf(duty, use, dueOf(duty, use));
  return state === 'done' || state === 'pending';
}

function dutyStateOf(duty: CompiledRule, use: PolicyUse, due: number | null): DutyState {
  const readable = dutyActions.has(duty.action) && duty.unknownMembers.length === 0 && duty.duties.length === 0;
  if (!readable || duty.deadlines === undefined) return 'unreadable';
  if (use.fulfilled?.some((action) => termOf(action) === duty.action) === true) return 'done';
  return due !== null && use.at.getTime() > due ? 'missed' : 'pending';
}

function clauseOf(rule: CompiledRule, use: PolicyUse, facts: Facts): ClauseFinding {
  const own = rule.kind === 'obligation';
  const duties = (own ? [rule] : rule.duties).map((duty) => dutyFinding(duty, use));
  return {
    pointer: rule.pointer,
    kind: rule.kind,
    effect: effectOf(rule, use, facts),
    truth: truthOf(own ? TRUE : ruleLevel(rule, facts)),
    text: textOfRule(rule),
    conditions: own ? [] : rule.conditions.map((condition) => conditionFinding(condition, facts)),
    duties,
  };
}

function effectOf(rule: CompiledRule, use: PolicyUse, facts: Facts): ClauseFinding['effect'] {
  if (rule.kind === 'permission') return grants(rule, use, facts) ? 'grants' : 'silent';
  const against = rule.kind === 'prohibition' ? forbids(rule, use, facts) : !dutyStands(rule, use);
  return against ? 'forbids' : 'silent';
}

function dutyFinding(duty: CompiledRule, use: PolicyUse): DutyFinding {
  const due = dueOf(duty, use);
  const state = dutyStateOf(duty, use, due);
  const date = due === null || state === 'unreadable' ? null : new Date(due);
  return { pointer: duty.pointer, action: duty.action, state, due: date, text: textOfRule(duty) };
}

function conditionFinding(condition: Condition, facts: Facts): ConditionFinding {
  const parts = condition.kind === 'test' ? [] : condition.parts.map((part) => conditionFinding(part, facts));
  return {
    pointer: condition.pointer,
    truth: truthOf(levelOf(condition, facts)),
    text: textOfCondition(condition),
    because: becauseOf(condition, facts),
    parts,
  };
}
