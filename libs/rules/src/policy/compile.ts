import type { CompiledPolicy, CompiledRule, Condition, RuleKind, Test, Unreadable } from './compiled.js';
import { deadlinesOf } from './duty.js';
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
import { readTexts, readValue } from './values.js';
import { isOperator, operands, operators, type Operand, type OperatorName } from './vocabulary.js';

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
  const conditions = (rule.constraint ?? []).map((each, index) => compile(each, at(`${pointer}/constraint`, index)));
  return {
    kind,
    pointer,
    action: termOf(rule.action),
    conditions,
    deadlines: deadlinesOf(conditions),
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
