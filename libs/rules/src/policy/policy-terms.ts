import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import { compilePolicy } from './compile.js';
import type { CompiledRule, Condition, Test } from './compiled.js';
import type { OdrlConstraint, OdrlDuty, OdrlPolicy, OdrlTest } from './odrl.js';
import { usagePolicyErrors } from './policy.errors.js';
import { samePolicy } from './same-policy.js';
import type { OperandName } from './vocabulary.js';

/** What most licences say, in the exchange's own words. Each set of terms is one policy in ODRL, and back again. */
export interface PolicyTerms {
  /** What the data may be used for; at least one. */
  readonly purposes: readonly string[];
  /** Where: ISO 3166 codes; at least one. */
  readonly placesOfUse: readonly string[];
  /** May it be passed on, for the same purposes in the same places. */
  readonly onwardUse: boolean;
  /** To whom alone; null: to anybody, where it may be passed on. Participant ids. */
  readonly recipients: readonly string[] | null;
  /** Days after which what came in must be deleted. */
  readonly retentionDays: number | null;
  /** Instant (ISO 8601 with Z) until which everything must be deleted. */
  readonly deleteBy: string | null;
  readonly maxUses: number | null;
  /** Instants (ISO 8601 with Z) between which it may be used, both included. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  /** Days from the making of the agreement during which it may be used. */
  readonly validForDays: number | null;
  /** Must the source be named. */
  readonly attribution: boolean;
}

/** Terms that allow nothing but a use for these purposes in these places. */
export const plainTerms = {
  onwardUse: false,
  recipients: null,
  retentionDays: null,
  deleteBy: null,
  maxUses: null,
  notBefore: null,
  notAfter: null,
  validForDays: null,
  attribution: false,
} as const satisfies Omit<PolicyTerms, 'purposes' | 'placesOfUse'>;

/**
 * The policy that says these terms: one permission for each action, single values instead of lists, terms with prefix,
 * as connectors of other makes understand them best.
 */
export function odrlOf(terms: PolicyTerms): OdrlPolicy {
  const where = [...anyOf('purpose', terms.purposes), ...anyOf('spatial', terms.placesOfUse)];
  const use = { action: 'use', constraint: [...where, ...limitsOf(terms)] };
  const onward = { action: 'odrl:distribute', constraint: [...where, ...anyOf('recipient', terms.recipients ?? [])] };
  const obligation = obligationsOf(terms);
  return {
    permission: terms.onwardUse ? [use, onward] : [use],
    ...(terms.onwardUse ? {} : { prohibition: [{ action: 'odrl:distribute' }, { action: 'odrl:transfer' }] }),
    ...(obligation.length === 0 ? {} : { obligation }),
  };
}

/**
 * The terms a policy says, for policies that {@link odrlOf} can say: then `odrlOf(termsOf(policy))` is the same policy.
 *
 * @returns USAGE_POLICY_NOT_SIMPLE for any other.
 */
export function termsOf(policy: OdrlPolicy): Result<PolicyTerms, DomainError> {
  const { permissions, obligations } = compilePolicy(policy);
  const use = permissions.find(({ action }) => action === 'use');
  const onward = permissions.find(({ action }) => action === 'distribute');
  const deletion = obligations.find(({ action }) => action === 'delete');
  const recipients = namesIn(onward, 'recipient');
  const terms: PolicyTerms = {
    purposes: namesIn(use, 'purpose'),
    placesOfUse: namesIn(use, 'spatial'),
    onwardUse: onward !== undefined,
    recipients: recipients.length === 0 ? null : recipients,
    retentionDays: daysIn(deletion),
    deleteBy: textIn(deletion, 'dateTime', 'lteq'),
    maxUses: numberIn(use, 'count'),
    notBefore: textIn(use, 'dateTime', 'gteq'),
    notAfter: textIn(use, 'dateTime', 'lteq'),
    validForDays: daysIn(use),
    attribution: obligations.some(({ action }) => action === 'attribute'),
  };
  const complete = terms.purposes.length > 0 && terms.placesOfUse.length > 0;
  // What the terms leave out shows when they are said again: so nothing is ever lost unseen.
  if (complete && samePolicy(odrlOf(terms), policy)) return ok(terms);
  return err(
    usagePolicyErrors.USAGE_POLICY_NOT_SIMPLE('The policy has rules or conditions that terms have no words for.'),
  );
}

/** Names a rule allows for an operand: those it compares for equality at its top, alone or one of several. */
export function namesIn(rule: CompiledRule | undefined, operand: OperandName): readonly string[] {
  for (const condition of rule?.conditions ?? []) {
    const names = equalNames(condition, operand);
    if (names !== null) return names;
  }
  return [];
}

function equalNames(condition: Condition, operand: OperandName): readonly string[] | null {
  if (condition.kind === 'test') {
    const equal = condition.operator === 'eq' || condition.operator === 'isAnyOf';
    return equal && condition.operand?.name === operand && condition.unreadable === null
      ? condition.values.map(String)
      : null;
  }
  if (condition.kind !== 'or' || condition.unreadable) return null;
  const names = condition.parts.map((part) => equalNames(part, operand));
  return names.every((each) => each !== null) ? names.flat() : null;
}

function limitsOf({ notBefore, notAfter, validForDays, maxUses }: PolicyTerms): readonly OdrlTest[] {
  return [
    ...(notBefore === null ? [] : [test('dateTime', 'gteq', notBefore)]),
    ...(notAfter === null ? [] : [test('dateTime', 'lteq', notAfter)]),
    ...(validForDays === null ? [] : [test('elapsedTime', 'lteq', `P${validForDays}D`)]),
    ...(maxUses === null ? [] : [test('count', 'lteq', String(maxUses))]),
  ];
}

function obligationsOf({ retentionDays, deleteBy, attribution }: PolicyTerms): readonly OdrlDuty[] {
  const constraint = [
    ...(retentionDays === null ? [] : [test('elapsedTime', 'lteq', `P${retentionDays}D`)]),
    ...(deleteBy === null ? [] : [test('dateTime', 'lteq', deleteBy)]),
  ];
  return [
    ...(constraint.length === 0 ? [] : [{ action: 'odrl:delete', constraint }]),
    ...(attribution ? [{ action: 'odrl:attribute' }] : []),
  ];
}

function anyOf(operand: OperandName, values: readonly string[]): readonly OdrlConstraint[] {
  const tests = values.map((value) => test(operand, 'eq', value));
  return tests.length > 1 ? [{ or: tests }] : tests;
}

function test(operand: OperandName, operator: string, rightOperand: string): OdrlTest {
  return { leftOperand: `odrl:${operand}`, operator, rightOperand };
}

function testsIn(rule: CompiledRule | undefined, operand: OperandName, operator: string): readonly Test[] {
  return (rule?.conditions ?? []).filter(
    (condition): condition is Test =>
      condition.kind === 'test' && condition.operand?.name === operand && condition.operator === operator,
  );
}

function textIn(rule: CompiledRule | undefined, operand: OperandName, operator: string): string | null {
  return testsIn(rule, operand, operator)[0]?.spelled.values[0] ?? null;
}

function numberIn(rule: CompiledRule | undefined, operand: OperandName): number | null {
  const [value] = testsIn(rule, operand, 'lteq')[0]?.values ?? [];
  return typeof value === 'number' ? value : null;
}

function daysIn(rule: CompiledRule | undefined): number | null {
  const days = /^P(\d+)D$/.exec(textIn(rule, 'elapsedTime', 'lteq') ?? '');
  return days === null ? null : Number(days[1]);
}
