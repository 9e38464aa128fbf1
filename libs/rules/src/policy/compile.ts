import { and, FALSE, or, TRUE, UNKNOWN, type TruthLevel } from '../engine/truth.js';
import {
  at,
  connectives,
  termOf,
  type Connective,
  type OdrlConstraint,
  type OdrlDuty,
  type OdrlPolicy,
  type OdrlRule,
} from './odrl.js';
import { liesIn, readTexts, readValue, type Comparable } from './values.js';
import { isOperator, operands, operators, type Operand, type OperatorName, type PolicyUse } from './vocabulary.js';

/** Why a comparison cannot be made, whatever the facts. */
export type Unreadable = 'operand' | 'operator' | 'value' | 'member';

/** A comparison made ready. */
export interface Test {
  readonly kind: 'test';
  readonly pointer: string;
  /** As spelled, for people. */
  readonly spelled: { readonly operand: string; readonly operator: string; readonly values: readonly string[] };
  readonly operand: Operand | null;
  readonly operator: OperatorName | null;
  readonly values: readonly Comparable[];
  readonly unreadable: Unreadable | null;
}
/** Constraints put together. */
export interface Group {
  readonly kind: Connective;
  readonly pointer: string;
  readonly parts: readonly Condition[];
  /** It has members this exchange does not know, or no parts: nobody can say what it means. */
  readonly unreadable: boolean;
}
export type Condition = Test | Group;

export type RuleKind = 'permission' | 'prohibition' | 'obligation' | 'duty';
export interface CompiledRule {
  readonly kind: RuleKind;
  readonly pointer: string;
  readonly action: string;
  /** All must hold. */
  readonly conditions: readonly Condition[];
  readonly duties: readonly CompiledRule[];
  /** Names of members this exchange does not know. */
  readonly unknownMembers: readonly string[];
}
export interface CompiledPolicy {
  readonly permissions: readonly CompiledRule[];
  readonly prohibitions: readonly CompiledRule[];
  readonly obligations: readonly CompiledRule[];
}

/** Members that say nothing about what is allowed. */
const HARMLESS: ReadonlySet<string> = new Set(['@id', '@type', 'uid', 'title', 'description']);
const RULE_MEMBERS: ReadonlySet<string> = new Set(['action', 'constraint', 'duty', ...HARMLESS]);
const TEST_MEMBERS: ReadonlySet<string> = new Set(['leftOperand', 'operator', 'rightOperand', ...HARMLESS]);
const GROUP_MEMBERS: ReadonlySet<string> = new Set([...connectives, ...HARMLESS]);

/** Makes a policy ready to be evaluated often. */
export function compilePolicy(policy: OdrlPolicy): CompiledPolicy {
  const rules = (kind: 'permission' | 'prohibition' | 'obligation') =>
    (policy[kind] ?? []).map((rule, index) => compileRule(kind, rule, at(`/${kind}`, index)));
  return { permissions: rules('permission'), prohibitions: rules('prohibition'), obligations: rules('obligation') };
}

function compileRule(kind: RuleKind, rule: OdrlRule | OdrlDuty, pointer: string): CompiledRule {
  const duties = 'duty' in rule ? (rule.duty ?? []) : [];
  return {
    kind,
    pointer,
    action: termOf(rule.action),
    conditions: (rule.constraint ?? []).map((each, index) => compile(each, at(`${pointer}/constraint`, index))),
    duties: duties.map((duty, index) => compileRule('duty', duty, at(`${pointer}/duty`, index))),
    unknownMembers: strangers(rule, RULE_MEMBERS),
  };
}

function compile(constraint: OdrlConstraint, pointer: string): Condition {
  const kind = connectives.find((connective) => connective in constraint);
  if (kind === undefined) return compileTest(constraint as Extract<OdrlConstraint, { leftOperand: string }>, pointer);
  const inner = `${pointer}/${kind}`;
  const parts = ((constraint as { [C in Connective]?: readonly OdrlConstraint[] })[kind] ?? []).map((part, index) =>
    compile(part, at(inner, index)),
  );
  return { kind, pointer, parts, unreadable: parts.length === 0 || strangers(constraint, GROUP_MEMBERS).length > 0 };
}

function compileTest(test: Extract<OdrlConstraint, { leftOperand: string }>, pointer: string): Test {
  const operand = operands.get(termOf(test.leftOperand)) ?? null;
  const term = termOf(test.operator);
  const operator = isOperator(term) ? term : null;
  const texts = readTexts(test.rightOperand, operator !== null && operators[operator].list);
  const spelled = {
    operand: test.leftOperand,
    operator: test.operator,
    values: texts ?? [JSON.stringify(test.rightOperand)],
  };
  const read = operand === null ? [] : (texts ?? []).map((text) => readValue(operand.kind, text));
  const values = read.filter((value) => value !== undefined);
  const unreadable = faultOf(test, { operand, operator, complete: values.length > 0 && values.length === read.length });
  return { kind: 'test', pointer, spelled, operand, operator, values, unreadable };
}

function faultOf(
  test: object,
  read: { operand: Operand | null; operator: OperatorName | null; complete: boolean },
): Unreadable | null {
  if (read.operand === null) return 'operand';
  if (read.operator === null || !operators[read.operator].kinds.includes(read.operand.kind)) return 'operator';
  if (!read.complete) return 'value';
  return strangers(test, TEST_MEMBERS).length > 0 ? 'member' : null;
}

function strangers(value: object, known: ReadonlySet<string>): readonly string[] {
  return Object.keys(value).filter((member) => !known.has(member));
}

/** The fact a comparison is about, read as its kind of value; undefined when nobody said, or it is none. */
export function factOf({ operand }: Test, use: PolicyUse): Comparable | undefined {
  const fact = operand?.fact(use);
  if (operand === null || fact === undefined) return undefined;
  return typeof fact === 'string' ? readValue(operand.kind, fact) : fact;
}

/** Whether a condition holds for these facts; {@link UNKNOWN} when a fact is missing or the condition cannot be read. */
export function levelOf(condition: Condition, use: PolicyUse): TruthLevel {
  if (condition.kind === 'test') return testLevel(condition, use);
  if (condition.unreadable) return UNKNOWN;
  switch (condition.kind) {
    case 'or': {
      let level: TruthLevel = FALSE;
      for (const part of condition.parts) level = or(level, levelOf(part, use));
      return level;
    }
    case 'xone':
      return exactlyOne(condition.parts, use);
    // In order or not, all must hold: the order says when to look, and here all is looked at in one instant.
    case 'and':
    case 'andSequence':
      return allOf(condition.parts, use);
  }
}

/** Whether all conditions hold; no condition always does. */
export function allOf(conditions: readonly Condition[], use: PolicyUse): TruthLevel {
  let level: TruthLevel = TRUE;
  for (const condition of conditions) level = and(level, levelOf(condition, use));
  return level;
}

function exactlyOne(parts: readonly Condition[], use: PolicyUse): TruthLevel {
  let [trues, unknowns] = [0, 0];
  for (const part of parts) {
    const level = levelOf(part, use);
    if (level === TRUE) trues += 1;
    else if (level === UNKNOWN) unknowns += 1;
  }
  if (trues > 1) return FALSE;
  if (unknowns > 0) return UNKNOWN;
  return trues === 1 ? TRUE : FALSE;
}

function testLevel(test: Test, use: PolicyUse): TruthLevel {
  if (test.unreadable !== null || test.operator === null) return UNKNOWN;
  const fact = factOf(test, use);
  if (fact === undefined) return UNKNOWN;
  return test.operand?.kind === 'place'
    ? placeLevel(test.operator, fact, test.values)
    : levelIf(compares(test.operator, fact, test.values));
}

function levelIf(holds: boolean): TruthLevel {
  return holds ? TRUE : FALSE;
}

/** In Guangdong is in China as well; who says only "in China" may or may not be in Guangdong. */
function placeLevel(operator: OperatorName, fact: Comparable, places: readonly Comparable[]): TruthLevel {
  let inside: TruthLevel = FALSE;
  for (const place of places) inside = or(inside, liesIn(fact, place) ? TRUE : liesIn(place, fact) ? UNKNOWN : FALSE);
  const negated = operator === 'neq' || operator === 'isNoneOf';
  return negated && inside !== UNKNOWN ? levelIf(inside === FALSE) : inside;
}

function compares(operator: OperatorName, fact: Comparable, values: readonly Comparable[]): boolean {
  const [value = ''] = values;
  switch (operator) {
    case 'eq':
    case 'isPartOf':
      return fact === value;
    case 'neq':
      return fact !== value;
    case 'gt':
      return fact > value;
    case 'gteq':
      return fact >= value;
    case 'lt':
      return fact < value;
    case 'lteq':
      return fact <= value;
    case 'isAnyOf':
      return values.includes(fact);
    case 'isNoneOf':
      return !values.includes(fact);
  }
}
