import { mayStand, type ColumnRule, type UsePlace } from '../enclave/column-policy.js';
import {
  castTargets,
  scalarFunctions,
  type CastTarget,
  type Expression,
  type Operator,
  type ScalarFunction,
} from './query-plan.js';
import { nodeIn, nodesIn, refuse, textIn, type SyntaxNode } from './syntax-tree.js';

const MAX_DEPTH = 24;
const MAX_MEMBERS = 100;
const MAX_TEXT = 200;

/** Finds the rule of a column by the names a query gave: `[column]` or `[source, column]`. */
export type ColumnFinder = (
  names: readonly string[],
  node: SyntaxNode,
) => { readonly source: string; readonly rule: ColumnRule; readonly isPatientKey: boolean };

const COMPARISONS: Readonly<Record<string, Operator>> = {
  COMPARE_EQUAL: '=',
  COMPARE_NOTEQUAL: '<>',
  COMPARE_LESSTHAN: '<',
  COMPARE_LESSTHANOREQUALTO: '<=',
  COMPARE_GREATERTHAN: '>',
  COMPARE_GREATERTHANOREQUALTO: '>=',
};
const UNARY: Readonly<Record<string, Operator>> = {
  OPERATOR_NOT: 'NOT',
  OPERATOR_IS_NULL: 'IS NULL',
  OPERATOR_IS_NOT_NULL: 'IS NOT NULL',
};
const INFIX: Readonly<Record<string, Operator>> = {
  ...{ '+': '+', '-': '-', '*': '*', '/': '/', '//': '//', '%': '%' },
  ...{ '~~': 'LIKE', '!~~': 'NOT LIKE' },
};
const DATE_PARTS = ['year', 'quarter', 'month'];

/**
 * Reads an expression of one row, by what is allowed: any kind of node not named here is refused.
 *
 * @param place where it stands, which decides what its columns may be used for.
 * @throws DomainException QUERY_REFUSED.
 */
export function readExpression(node: SyntaxNode, place: UsePlace, find: ColumnFinder, depth = 0): Expression {
  if (depth > MAX_DEPTH) return refuse('too_large', 'The expression is nested too deeply.', node);
  // What is compared is not shown: a column that may only be compared may stand there.
  const compared = place === 'group' ? 'compare' : place;
  const read = (child: SyntaxNode): Expression => readExpression(child, place, find, depth + 1);
  const readSide = (child: SyntaxNode): Expression => readExpression(child, compared, find, depth + 1);
  switch (textIn(node, 'class')) {
    case 'COLUMN_REF':
      return readColumn(node, place, find);
    case 'CONSTANT':
      return { kind: 'constant', value: readConstant(node) };
    case 'COMPARISON': {
      const operator = COMPARISONS[textIn(node, 'type')];
      if (operator === undefined) return refuse('node_type', `${textIn(node, 'type')} is not allowed.`, node);
      const sides = [nodeIn(node, 'left'), nodeIn(node, 'right')];
      return { kind: 'operator', operator, args: sides.map((side) => readSide(side)) };
    }
    case 'BETWEEN': {
      const [value, lower, upper] = ['input', 'lower', 'upper'].map((side) => readSide(nodeIn(node, side)));
      if (!value || !lower || !upper) return refuse('node_type', 'BETWEEN is not understood.', node);
      return { kind: 'between', args: [value, lower, upper] };
    }
    case 'CONJUNCTION':
      return readConjunction(node, readSide);
    case 'OPERATOR':
      return readOperator(node, readSide);
    case 'FUNCTION':
      return readFunction(node, read);
    case 'CAST':
      return readCast(node, read);
    case 'CASE':
      return readCase(node, read, readSide);
    default:
      return refuseClass(node);
  }
}

function refuseClass(node: SyntaxNode): never {
  const nodeClass = textIn(node, 'class');
  if (nodeClass === 'STAR') return refuse('star', 'Every column is named: * and COLUMNS are not allowed.', node);
  if (nodeClass === 'SUBQUERY') return refuse('subquery', 'A query inside the query is not allowed.', node);
  return refuse('node_type', `${nodeClass || 'This'} is not allowed in an expression.`, node);
}

function readColumn(node: SyntaxNode, place: UsePlace, find: ColumnFinder): Expression {
  const names = node['column_names'];
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    return refuse('column', 'A column is named by text.', node);
  }
  const { source, rule } = find(names, node);
  if (!mayStand(rule, place)) {
    return refuse('column_policy', `Column ${rule.name} (${rule.use}) may not stand in ${WORDS[place]}.`, node);
  }
  return { kind: 'column', source, column: rule.name };
}

const WORDS: Readonly<Record<UsePlace, string>> = {
  group: 'a group',
  aggregate: 'an aggregate',
  compare: 'a comparison that is shown',
  filter: 'a condition',
  join: 'a join',
};

/** The constant's value; numbers keep what they were written as. */
export function readConstant(node: SyntaxNode): string | number | boolean | null {
  const value = nodeIn(node, 'value');
  if (value['is_null'] === true) return null;
  const type = nodeIn(value, 'type');
  const raw = value['value'];
  if (typeof raw === 'boolean') return raw;
  if (typeof raw === 'string') {
    return raw.length <= MAX_TEXT ? raw : refuse('too_large', `A text has at most ${MAX_TEXT} characters.`, node);
  }
  if (typeof raw !== 'number' || !Number.isFinite(raw))
    return refuse('constant', 'This constant is not allowed.', node);
  if (textIn(type, 'id') !== 'DECIMAL') return raw;
  const scale = nodeIn(type, 'type_info')['scale'];
  return raw / 10 ** (typeof scale === 'number' ? scale : 0);
}

function readConjunction(node: SyntaxNode, read: (child: SyntaxNode) => Expression): Expression {
  const operator = textIn(node, 'type') === 'CONJUNCTION_AND' ? 'AND' : 'OR';
  return { kind: 'operator', operator, args: bounded(node).map(read) };
}

function readOperator(node: SyntaxNode, read: (child: SyntaxNode) => Expression): Expression {
  const type = textIn(node, 'type');
  const children = bounded(node);
  if (type === 'COMPARE_IN' || type === 'COMPARE_NOT_IN') {
    return { kind: 'in', negated: type === 'COMPARE_NOT_IN', args: children.map(read) };
  }
  if (type === 'OPERATOR_COALESCE') return { kind: 'call', name: 'coalesce', args: children.map(read) };
  const operator = UNARY[type];
  if (operator === undefined) return refuse('node_type', `${type} is not allowed.`, node);
  return { kind: 'operator', operator, args: children.map(read) };
}

function readFunction(node: SyntaxNode, read: (child: SyntaxNode) => Expression): Expression {
  const name = textIn(node, 'function_name');
  if (textIn(node, 'schema') !== '' || textIn(node, 'catalog') !== '') {
    return refuse('function', `Functions of a schema are not allowed: ${name}.`, node);
  }
  const args = bounded(node);
  const infix = node['is_operator'] === true ? INFIX[name] : undefined;
  if (infix !== undefined) return { kind: 'operator', operator: infix, args: args.map(read) };
  if (!isScalar(name)) return refuse('function', `The function ${name} is not allowed here.`, node);
  if (name === 'date_trunc' || name === 'date_part') {
    const part = args[0] && textIn(args[0], 'class') === 'CONSTANT' ? readConstant(args[0]) : null;
    if (typeof part !== 'string' || !DATE_PARTS.includes(part)) {
      return refuse('function', `${name} takes one of ${DATE_PARTS.join(', ')}.`, node);
    }
  }
  return { kind: 'call', name, args: args.map(read) };
}

function readCast(node: SyntaxNode, read: (child: SyntaxNode) => Expression): Expression {
  const to = textIn(nodeIn(node, 'cast_type'), 'id');
  if (!isCastTarget(to)) return refuse('node_type', `A cast to ${to} is not allowed.`, node);
  return { kind: 'cast', to, arg: read(nodeIn(node, 'child')) };
}

function readCase(
  node: SyntaxNode,
  read: (child: SyntaxNode) => Expression,
  readCheck: (child: SyntaxNode) => Expression,
): Expression {
  const checks = nodesIn(node, 'case_checks').slice(0, MAX_MEMBERS);
  return {
    kind: 'case',
    checks: checks.map((check) => ({
      when: readCheck(nodeIn(check, 'when_expr')),
      then: read(nodeIn(check, 'then_expr')),
    })),
    otherwise: node['else_expr'] === null ? null : read(nodeIn(node, 'else_expr')),
  };
}

function bounded(node: SyntaxNode): readonly SyntaxNode[] {
  const children = nodesIn(node, 'children');
  return children.length <= MAX_MEMBERS ? children : refuse('too_large', `At most ${MAX_MEMBERS} members.`, node);
}

function isScalar(name: string): name is ScalarFunction {
  return (scalarFunctions as readonly string[]).includes(name);
}

function isCastTarget(name: string): name is CastTarget {
  return (castTargets as readonly string[]).includes(name);
}
