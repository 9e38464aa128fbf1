import { readConstant, readExpression, type ColumnFinder } from './expression-gate.js';
import type { Expression, Measure } from './query-plan.js';
import { nodeIn, nodesIn, refuse, textIn, type SyntaxNode } from './syntax-tree.js';

const OVER_A_COLUMN: Readonly<Record<string, 'sum' | 'avg' | 'stddev'>> = {
  sum: 'sum',
  avg: 'avg',
  mean: 'avg',
  stddev: 'stddev',
  stddev_samp: 'stddev',
};
const QUANTILES = ['quantile_cont', 'median'];
const COUNTS = ['count', 'count_star'];
/** Refused by name, so that the answer can say why. */
const SINGLE_VALUES = ['min', 'max', 'first', 'last', 'any_value', 'arg_min', 'arg_max', 'mode', 'list', 'array_agg'];
const SINGLE_VALUE_LIKE =
  /^(string_agg|group_concat|histogram|approx_top_k|bitstring_agg|json_group_.*|quantile_disc)$/;
const [LOWEST_QUANTILE, HIGHEST_QUANTILE] = [0.05, 0.95];
const MAX_NAME = 60;

/** The aggregate a column of the result is made by; undefined when it is made by none. */
export function aggregateName(node: SyntaxNode): string | undefined {
  if (textIn(node, 'class') !== 'FUNCTION') return undefined;
  const name = textIn(node, 'function_name');
  if (SINGLE_VALUES.includes(name) || SINGLE_VALUE_LIKE.test(name)) {
    return refuse('function', `${name} would show single values; percentiles from 5 to 95 are allowed.`, node);
  }
  return name in OVER_A_COLUMN || QUANTILES.includes(name) || COUNTS.includes(name) ? name : undefined;
}

/** @throws DomainException QUERY_REFUSED. */
export function readMeasure(node: SyntaxNode, find: ColumnFinder, position: number): Measure {
  const function_ = textIn(node, 'function_name');
  const name = (textIn(node, 'alias') || `${function_}_${position}`).slice(0, MAX_NAME);
  if (node['filter'] !== null) refuse('filter_clause', 'FILTER is not allowed: put the condition into WHERE.', node);
  if (nodesIn(nodeIn(node, 'order_bys'), 'orders').length > 0)
    refuse('modifier', 'ORDER BY inside is not allowed.', node);
  const [argument, second] = nodesIn(node, 'children');
  if (COUNTS.includes(function_)) return readCount(node, argument, { find, name });
  if (node['distinct'] === true) refuse('modifier', 'DISTINCT is allowed for counting patients only.', node);
  if (argument === undefined) return refuse('aggregate_argument', `${function_} takes one column.`, node);
  const value = readArgument(argument, find);
  const kind = OVER_A_COLUMN[function_];
  if (kind !== undefined) return { name, kind, value };
  return { name, kind: 'quantile', value, quantile: function_ === 'median' ? 0.5 : readQuantile(second, node) };
}

/** count(*), count(column that is never null here) and count(distinct patient) are what can be counted. */
function readCount(
  node: SyntaxNode,
  argument: SyntaxNode | undefined,
  { find, name }: { readonly find: ColumnFinder; readonly name: string },
): Measure {
  if (argument === undefined) return { name, kind: 'rows', value: null };
  if (node['distinct'] !== true) {
    return refuse('aggregate_argument', 'Count rows with count(*), patients with count(DISTINCT patient key).', node);
  }
  const names = argument['column_names'];
  if (!Array.isArray(names)) return refuse('aggregate_argument', 'count(DISTINCT …) takes the patient key.', node);
  const { rule, isPatientKey } = findPatientKey(find, names as string[], argument);
  if (!isPatientKey) refuse('aggregate_argument', `Patients are counted, ${rule} is not their key.`, node);
  return { name, kind: 'patients', value: null };
}

function findPatientKey(
  find: ColumnFinder,
  names: readonly string[],
  node: SyntaxNode,
): { rule: string; isPatientKey: boolean } {
  const { rule, isPatientKey } = find(names, node);
  return { rule: rule.name, isPatientKey };
}

/**
 * An aggregate takes a column, or a monotone function of one. Anything with a condition in it (CASE, floor(x/93)) would be
 * a vector of zeros and ones that reads out single patients while the group looks large.
 */
function readArgument(node: SyntaxNode, find: ColumnFinder): Expression {
  const value = readExpression(node, 'aggregate', find);
  const inner = value.kind === 'call' && ['ln', 'log10', 'sqrt'].includes(value.name) ? value.args[0] : value;
  if (inner?.kind === 'column') return value;
  return refuse('aggregate_argument', 'An aggregate takes one column, or ln, log10 or sqrt of one.', node);
}

function readQuantile(node: SyntaxNode | undefined, of: SyntaxNode): number {
  const value = node && textIn(node, 'class') === 'CONSTANT' ? readConstant(node) : null;
  if (typeof value === 'number' && value >= LOWEST_QUANTILE && value <= HIGHEST_QUANTILE) return value;
  return refuse('aggregate_argument', `Percentiles from ${LOWEST_QUANTILE} to ${HIGHEST_QUANTILE} are allowed.`, of);
}
