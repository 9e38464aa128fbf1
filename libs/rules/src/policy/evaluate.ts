import type { LocalizedText } from '@hetao/kernel';
import { FALSE, TRUE, truthOf, UNKNOWN, type Truth, type TruthLevel } from '../engine/truth.js';
import {
  allOf,
  compilePolicy,
  levelOf,
  type CompiledPolicy,
  type CompiledRule,
  type Condition,
  type RuleKind,
} from './compile.js';
import { becauseOf, textOfCondition, textOfRule, verdictText } from './explain.js';
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
    const { permissions, prohibitions, obligations } = this.#policy;
    if (prohibitions.some((rule) => forbids(rule, use))) return 'forbidden';
    if (!obligations.every((duty) => dutyStands(duty, use))) return 'duty';
    return permissions.some((rule) => grants(rule, use)) ? null : 'not_granted';
  }

  /** The answer, clause by clause, in three languages. */
  evaluate(use: PolicyUse): PolicyDecision {
    const { permissions, prohibitions, obligations } = this.#policy;
    const refusal = this.refusal(use);
    const clauses = [...permissions, ...prohibitions, ...obligations].map((rule) => clauseOf(rule, use));
    const binding = clauses.filter(({ kind, effect }) => kind === 'obligation' || effect === 'grants');
    return {
      permitted: refusal === null,
      reason: verdictText(refusal, use.action),
      clauses,
      duties: binding.flatMap(({ duties }) => duties),
    };
  }
}

/** As {@link PolicyEvaluator.evaluate}, for a policy that is asked once. */
export function evaluatePolicy(policy: OdrlPolicy, use: PolicyUse): PolicyDecision {
  return new PolicyEvaluator(policy).evaluate(use);
}

/** A permission covers the action it names and no other: what it does not say is not allowed. */
export function grants(rule: CompiledRule, use: PolicyUse): boolean {
  return (
    rule.action === termOf(use.action) &&
    ruleLevel(rule, use) === TRUE &&
    rule.duties.every((duty) => dutyStands(duty, use))
  );
}

/** A prohibition covers what it names and all that is included in it; one of an unknown action covers everything. */
export function forbids(rule: CompiledRule, use: PolicyUse): boolean {
  const concerns = !isAction(rule.action) || isIncluded(termOf(use.action), rule.action);
  return concerns && ruleLevel(rule, use) !== FALSE;
}

function ruleLevel(rule: CompiledRule, use: PolicyUse): TruthLevel {
  const level = allOf(rule.conditions, use);
  return rule.unknownMembers.length > 0 && level === TRUE ? UNKNOWN : level;
}

function dutyStands(duty: CompiledRule, use: PolicyUse): boolean {
  const { state } = dutyStateOf(duty, use);
  return state === 'done' || state === 'pending';
}

function dutyStateOf(duty: CompiledRule, use: PolicyUse): { state: DutyState; due: Date | null } {
  if (!dutyActions.has(duty.action) || duty.unknownMembers.length > 0 || duty.duties.length > 0)
    return { state: 'unreadable', due: null };
  const due = dueOf(duty.conditions, use);
  if (due === 'unreadable') return { state: 'unreadable', due: null };
  const date = due === null ? null : new Date(due);
  if (use.fulfilled?.some((action) => termOf(action) === duty.action) === true) return { state: 'done', due: date };
  return { state: due !== null && use.at.getTime() > due ? 'missed' : 'pending', due: date };
}

function clauseOf(rule: CompiledRule, use: PolicyUse): ClauseFinding {
  const own = rule.kind === 'obligation';
  const duties = (own ? [rule] : rule.duties).map((duty) => dutyFinding(duty, use));
  return {
    pointer: rule.pointer,
    kind: rule.kind,
    effect: effectOf(rule, use),
    truth: truthOf(own ? TRUE : ruleLevel(rule, use)),
    text: textOfRule(rule),
    conditions: own ? [] : rule.conditions.map((condition) => conditionFinding(condition, use)),
    duties,
  };
}

function effectOf(rule: CompiledRule, use: PolicyUse): ClauseFinding['effect'] {
  if (rule.kind === 'permission') return grants(rule, use) ? 'grants' : 'silent';
  const against = rule.kind === 'prohibition' ? forbids(rule, use) : !dutyStands(rule, use);
  return against ? 'forbids' : 'silent';
}

function dutyFinding(duty: CompiledRule, use: PolicyUse): DutyFinding {
  const { state, due } = dutyStateOf(duty, use);
  return { pointer: duty.pointer, action: duty.action, state, due, text: textOfRule(duty) };
}

function conditionFinding(condition: Condition, use: PolicyUse): ConditionFinding {
  const parts = condition.kind === 'test' ? [] : condition.parts.map((part) => conditionFinding(part, use));
  return {
    pointer: condition.pointer,
    truth: truthOf(levelOf(condition, use)),
    text: textOfCondition(condition),
    because: becauseOf(condition, use),
    parts,
  };
}
