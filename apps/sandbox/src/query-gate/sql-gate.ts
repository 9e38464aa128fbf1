import { DomainException, err, ok, type Result } from '@hetao/kernel';
import type { GovernedTable } from '../enclave/column-policy.js';
import { readExpression, readConstant, type ColumnFinder } from './expression-gate.js';
import { readMeasure, aggregateName } from './measure-gate.js';
import { queryGateErrors, type QueryGateError } from './query-gate.errors.js';
import type { Expression, Measure, QueryPlan } from './query-plan.js';
import { readSources } from './source-gate.js';
import { asNode, nodeIn, nodesIn, refuse, shapeOf, textIn, type SyntaxNode } from './syntax-tree.js';

/** Bounds of one query. */
export const maxSqlLength = 10_000;
const MAX_GROUPS = 4;
const MAX_MEASURES = 8;
const MAX_LIMIT = 5_000;

/**
 * Reads a query that DuckDB itself parsed, by what is allowed, into a plan of our own. Default-deny: a statement, node,
 * function, table, column or clause that is not known here is refused, and the text that was sent is never run.
 *
 * @param tree the JSON of json_serialize_sql.
 * @param tables the tables the caller was granted.
 * @returns QUERY_REFUSED with `meta.reason` and the place in the text; QUERY_UNREADABLE when DuckDB did not parse it.
 */
export function gateQuery(tree: unknown, tables: readonly GovernedTable[]): Result<QueryPlan, QueryGateError> {
  try {
    return ok(readQuery(asNode(tree, 'text'), tables));
  } catch (error) {
    if (error instanceof DomainException && error.problem.code.startsWith('QUERY_')) {
      return err(error.problem as QueryGateError);
    }
    throw error;
  }
}

function readQuery(tree: SyntaxNode, tables: readonly GovernedTable[]): QueryPlan {
  if (tree['error'] === true) {
    const message = textIn(tree, 'error_message');
    if (/Only SELECT/.test(message)) return refuse('only_one_select', 'Only SELECT is allowed.');
    throw new DomainException(queryGateErrors.QUERY_UNREADABLE(message.slice(0, 300), { pointer: '/sql' }));
  }
  const [statement, ...others] = nodesIn(tree, 'statements');
  if (statement === undefined || others.length > 0) return refuse('only_one_select', 'Send one statement.');
  const select = nodeIn(statement, 'node');
  assertPlainSelect(select);
  const { sources, find } = readSources(nodeIn(select, 'from_table'), tables);
  const items = nodesIn(select, 'select_list');
  const groupNodes = groupsOf(select, items);
  const columns = readColumns(items, groupNodes, find);
  const where = select['where_clause'] === null ? null : readExpression(nodeIn(select, 'where_clause'), 'filter', find);
  return { sources, where, ...columns, ...readModifiers(select, items, groupNodes) };
}

function assertPlainSelect(select: SyntaxNode): void {
  const type = textIn(select, 'type');
  if (type !== 'SELECT_NODE') refuse('node_type', `${type || 'This'} is not allowed: send a plain SELECT.`);
  if (nodesIn(nodeIn(select, 'cte_map'), 'map').length > 0) refuse('subquery', 'WITH is not allowed.');
  if (select['having'] !== null) refuse('having', 'HAVING is not allowed: the rules leave small groups out anyway.');
  if (select['qualify'] !== null) refuse('node_type', 'QUALIFY is not allowed.');
  if (select['sample'] !== null) refuse('node_type', 'A sample is not allowed.');
  const sets = select['group_sets'];
  if (!Array.isArray(sets) || sets.length > 1) refuse('node_type', 'ROLLUP, CUBE and GROUPING SETS are not allowed.');
}

/** The expressions that make the groups, with positions (GROUP BY 1) and GROUP BY ALL resolved. */
function groupsOf(select: SyntaxNode, items: readonly SyntaxNode[]): readonly SyntaxNode[] {
  const plain = items.filter((item) => aggregateName(item) === undefined);
  const groups =
    textIn(select, 'aggregate_handling') === 'FORCE_AGGREGATES'
      ? plain
      : nodesIn(select, 'group_expressions').map((node) => positioned(node, items));
  if (groups.length > MAX_GROUPS) refuse('too_large', `At most ${MAX_GROUPS} columns to group by.`);
  return groups;
}

function positioned(node: SyntaxNode, items: readonly SyntaxNode[]): SyntaxNode {
  if (textIn(node, 'class') === 'CONSTANT') {
    const at = readConstant(node);
    const item = typeof at === 'number' ? items[at - 1] : undefined;
    return item ?? refuse('constant', 'GROUP BY names a column.', node);
  }
  const [name, ...rest] = Array.isArray(node['column_names']) ? (node['column_names'] as unknown[]) : [];
  const aliased = rest.length === 0 && items.find((item) => item['alias'] === name && item['alias'] !== '');
  return aliased !== undefined && aliased !== false ? aliased : node;
}

function readColumns(
  items: readonly SyntaxNode[],
  groupNodes: readonly SyntaxNode[],
  find: ColumnFinder,
): Pick<QueryPlan, 'groups' | 'measures'> {
  const shapes = groupNodes.map(shapeOf);
  const measures: Measure[] = [];
  const names = new Map<string, string>();
  for (const item of items) {
    if (aggregateName(item) !== undefined) measures.push(readMeasure(item, find, measures.length + 1));
    else if (shapes.includes(shapeOf(item))) names.set(shapeOf(item), nameOf(item));
    else if (textIn(item, 'class') === 'STAR') refuse('star', 'Every column is named: * and COLUMNS are not allowed.');
    else if (textIn(item, 'class') === 'SUBQUERY') refuse('subquery', 'A query inside the query is not allowed.', item);
    else refuse('top_level_must_aggregate', 'Each column is grouped by, or counted, summed or averaged.', item);
  }
  if (measures.length === 0) refuse('top_level_must_aggregate', 'Count, sum or average something.');
  if (measures.length > MAX_MEASURES) refuse('too_large', `At most ${MAX_MEASURES} measures.`);
  const groups = groupNodes.map((node, at) => ({
    name: names.get(shapeOf(node)) || nameOf(node) || `group_${at + 1}`,
    value: readExpression(node, 'group', find),
  }));
  return { groups: groups.map((group) => ({ ...group, value: assertGrouped(group.value) })), measures };
}

function assertGrouped(value: Expression): Expression {
  return value.kind === 'constant' ? refuse('constant', 'A group is made of a column.') : value;
}

function nameOf(node: SyntaxNode): string {
  const names = node['column_names'];
  const last: unknown = Array.isArray(names) ? names.at(-1) : undefined;
  return textIn(node, 'alias') || (typeof last === 'string' ? last : '');
}

function readModifiers(
  select: SyntaxNode,
  items: readonly SyntaxNode[],
  groups: readonly SyntaxNode[],
): Pick<QueryPlan, 'order' | 'limit'> {
  let order: QueryPlan['order'] = [];
  let limit: number | null = null;
  for (const modifier of nodesIn(select, 'modifiers')) {
    const type = textIn(modifier, 'type');
    if (type === 'ORDER_MODIFIER') order = nodesIn(modifier, 'orders').map((one) => readOrder(one, items, groups));
    else if (type === 'LIMIT_MODIFIER' && modifier['offset'] === null) limit = readLimit(modifier);
    else refuse('modifier', `${type.replace('_MODIFIER', '')} is not allowed.`, modifier);
  }
  return { order, limit };
}

function readLimit(modifier: SyntaxNode): number {
  const value = readConstant(nodeIn(modifier, 'limit'));
  if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MAX_LIMIT) return value;
  return refuse('modifier', `LIMIT is a number of 1 to ${MAX_LIMIT}.`);
}

function readOrder(
  order: SyntaxNode,
  items: readonly SyntaxNode[],
  groups: readonly SyntaxNode[],
): { at: number; descending: boolean } {
  const item = positioned(nodeIn(order, 'expression'), items);
  const measures = items.filter((one) => aggregateName(one) !== undefined);
  const shape = shapeOf(item);
  const ofGroup = groups.findIndex((one) => shapeOf(one) === shape);
  const ofMeasure = measures.findIndex((one) => shapeOf(one) === shape);
  const at = ofGroup >= 0 ? ofGroup : groups.length + ofMeasure;
  if (ofGroup < 0 && ofMeasure < 0) return refuse('modifier', 'ORDER BY names a column of the result.', order);
  return { at, descending: textIn(order, 'type') === 'DESCENDING' };
}
