import { mayStand, type GovernedTable } from '../enclave/column-policy.js';
import type { ColumnFinder } from './expression-gate.js';
import type { Expression, Source } from './query-plan.js';
import { nodeIn, refuse, textIn, type SyntaxNode } from './syntax-tree.js';

const MAX_SOURCES = 4;

interface OpenSource extends Source {
  readonly governed: GovernedTable;
}

/**
 * Reads what a query is made from: granted tables, joined on keys that may join.
 *
 * @throws DomainException QUERY_REFUSED.
 */
export function readSources(
  from: SyntaxNode,
  tables: readonly GovernedTable[],
): { readonly sources: readonly Source[]; readonly find: ColumnFinder } {
  const open: OpenSource[] = [];
  readFrom(from, { tables, open });
  if (open.length > MAX_SOURCES) refuse('too_large', `At most ${MAX_SOURCES} tables.`);
  const aliases = new Set(open.map(({ alias }) => alias));
  if (aliases.size < open.length) refuse('table', 'Each table needs a name of its own.');
  const sources = open.map(({ table, alias, join }) => ({ table, alias, join }));
  return { sources, find: (names, node) => findColumn(open, names, node) };
}

interface Reading {
  readonly tables: readonly GovernedTable[];
  readonly open: OpenSource[];
}

function readFrom(node: SyntaxNode, reading: Reading): void {
  const type = textIn(node, 'type');
  if (type === 'BASE_TABLE') reading.open.push({ ...readTable(node, reading.tables), join: null });
  else if (type === 'JOIN') readJoin(node, reading);
  else if (type === 'TABLE_FUNCTION') refuse('table_function', 'Functions that give tables are not allowed.', node);
  else if (type === 'SUBQUERY') refuse('subquery', 'A query inside the query is not allowed.', node);
  else if (type === 'EMPTY') refuse('table', 'Name a granted table in FROM.', node);
  else refuse('node_type', `${type || 'This'} is not allowed in FROM.`, node);
}

function readTable(node: SyntaxNode, tables: readonly GovernedTable[]): Omit<OpenSource, 'join'> {
  const name = textIn(node, 'table_name');
  const governed = tables.find((table) => table.name === name);
  const qualified = textIn(node, 'schema_name') !== '' || textIn(node, 'catalog_name') !== '';
  if (governed === undefined || qualified) return refuse('table', `The table ${name} is not granted to you.`, node);
  if (node['sample'] !== null || (node['at_clause'] ?? null) !== null)
    refuse('node_type', 'A sample is not allowed.', node);
  const renamed = node['column_name_alias'];
  if (Array.isArray(renamed) && renamed.length > 0) refuse('column', 'Columns keep their names.', node);
  return { table: name, alias: textIn(node, 'alias') || name, governed };
}

function readJoin(node: SyntaxNode, reading: Reading): void {
  const kind = textIn(node, 'join_type');
  if (kind !== 'INNER' && kind !== 'LEFT') return refuse('join', `A ${kind} join is not allowed.`, node);
  if (textIn(node, 'ref_type') !== 'REGULAR') return refuse('join', 'Join on keys: … JOIN … ON a.key = b.key.', node);
  const right = nodeIn(node, 'right');
  if (textIn(right, 'type') !== 'BASE_TABLE') return refuse('join', 'Join tables one after the other.', right);
  readFrom(nodeIn(node, 'left'), reading);
  const joined = readTable(right, reading.tables);
  const candidate: OpenSource = { ...joined, join: null };
  const all = [...reading.open, candidate];
  const on = usingPairs(node, candidate, reading.open) ?? onPairs(nodeIn(node, 'condition'), all);
  reading.open.push({ ...joined, join: { kind, on } });
}

type Pair = readonly [Expression, Expression];

function usingPairs(node: SyntaxNode, right: OpenSource, left: readonly OpenSource[]): readonly Pair[] | undefined {
  const using = node['using_columns'];
  if (!Array.isArray(using) || using.length === 0) return undefined;
  const [first] = left;
  if (first === undefined) return undefined;
  return (using as unknown[]).map((name): Pair => {
    if (typeof name !== 'string') return refuse('join', 'USING names keys.', node);
    return [joinKey([first], [name], node), joinKey([right], [name], node)];
  });
}

function onPairs(condition: SyntaxNode, open: readonly OpenSource[]): readonly Pair[] {
  if (textIn(condition, 'type') === 'CONJUNCTION_AND') {
    const children = condition['children'];
    if (Array.isArray(children)) return (children as SyntaxNode[]).flatMap((child) => onPairs(child, open));
  }
  if (textIn(condition, 'type') !== 'COMPARE_EQUAL')
    return refuse('join', 'Tables are joined on equal keys.', condition);
  return [[sideOf(nodeIn(condition, 'left'), open), sideOf(nodeIn(condition, 'right'), open)]];
}

function sideOf(node: SyntaxNode, open: readonly OpenSource[]): Expression {
  const names = node['column_names'];
  if (!Array.isArray(names)) return refuse('join', 'Tables are joined on keys, nothing else.', node);
  return joinKey(open, names as string[], node);
}

function joinKey(open: readonly OpenSource[], names: readonly string[], node: SyntaxNode): Expression {
  const { source, rule } = findColumn(open, names, node);
  if (!mayStand(rule, 'join')) return refuse('column_policy', `Column ${rule.name} (${rule.use}) may not join.`, node);
  return { kind: 'column', source, column: rule.name };
}

function findColumn(open: readonly OpenSource[], names: readonly string[], node: SyntaxNode): ReturnType<ColumnFinder> {
  const [column, source, ...rest] = [...names].reverse();
  if (rest.length > 0 || column === undefined) return refuse('column', `${names.join('.')} is no column.`, node);
  const among = source === undefined ? open : open.filter(({ alias }) => alias === source);
  const found = among.flatMap(({ alias, governed }) => {
    const rule = governed.columns.find(({ name }) => name === column);
    return rule === undefined ? [] : [{ source: alias, rule, isPatientKey: governed.patientKey === column }];
  });
  const [only, ...others] = found;
  if (only === undefined) return refuse('column', `There is no column ${names.join('.')} in the granted tables.`, node);
  // In an inner equality join the keys of both sides are one value; anything else must say which it means.
  if (others.length > 0 && !only.isPatientKey) return refuse('column', `Column ${column} is in several tables.`, node);
  return only;
}
