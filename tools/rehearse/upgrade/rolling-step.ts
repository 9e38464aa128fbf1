import type { ColumnShape, RuleShape, SchemaShape } from './schema-shape.js';

/** What is known of the version that a schema is changed under. */
export interface ServingVersion {
  /** Every session of it says on whose behalf it asks, as policies of rows want to know. */
  readonly saysOnWhoseBehalf: boolean;
}

/**
 * Why a version that knows the schema as it was cannot go on serving on it as it is now; empty when it can. What is only
 * added is no reason: a column that may be left out, a table, a rule that allows more than before.
 */
export function obstaclesBetween(before: SchemaShape, after: SchemaShape, serving: ServingVersion): string[] {
  return [
    ...lostColumns(before, after),
    ...newDemands(before, after),
    ...ruleChanges(before, after),
    ...(serving.saysOnWhoseBehalf ? [] : newWalls(before, after)),
  ];
}

const at = ({ table, column }: Pick<ColumnShape, 'table' | 'column'>): string => `${table}.${column}`;

const tablesOf = ({ columns }: SchemaShape): ReadonlySet<string> => new Set(columns.map(({ table }) => table));

function lostColumns(before: SchemaShape, after: SchemaShape): string[] {
  const remaining = tablesOf(after);
  const types = new Map(after.columns.map((column) => [at(column), column.type]));
  const gone = [...tablesOf(before)].filter((table) => !remaining.has(table));
  const changed = before.columns.flatMap((column) => {
    const type = types.get(at(column));
    if (type === column.type || !remaining.has(column.table)) return [];
    return type === undefined ? [`the column ${at(column)} is gone`] : [`the column ${at(column)} is now ${type}`];
  });
  return [...gone.map((table) => `the table ${table} is gone`), ...changed];
}

/** What a row has to name now and had not to before. */
function newDemands(before: SchemaShape, after: SchemaShape): string[] {
  const tables = tablesOf(before);
  const required = new Set(before.columns.filter(({ isRequired }) => isRequired).map(at));
  return after.columns
    .filter((column) => column.isRequired && tables.has(column.table) && !required.has(at(column)))
    .map((column) => `a row of ${column.table} has to name ${column.column}`);
}

function ruleChanges(before: SchemaShape, after: SchemaShape): string[] {
  const known = new Set(before.columns.map(at));
  const added = missingFrom(before, after).filter(({ table, columns }) =>
    columns.every((column) => known.has(at({ table, column }))),
  );
  const removed = missingFrom(after, before).filter(({ table }) => tablesOf(after).has(table));
  const narrower = added.filter((rule) => !removed.some((former) => allowsMore(former, rule)));
  return [
    ...narrower.map(({ table, wording }) => `rows of ${table} have a new rule: ${wording}`),
    // INSERT … ON CONFLICT names the columns of a key, and fails where that key is not there.
    ...removed
      .filter(({ kind }) => kind === 'key')
      .map(({ table, wording }) => `the key of ${table} that a write may name is gone: ${wording}`),
  ];
}

function missingFrom(one: SchemaShape, other: SchemaShape): RuleShape[] {
  const found = new Set(one.rules.map(({ table, wording }) => `${table} ${wording}`));
  return other.rules.filter(({ table, wording }) => !found.has(`${table} ${wording}`));
}

const LITERAL = /'(?:[^']|'')*'(?:::[a-z ]+(?:\[\])?)?/g;
/** A list of allowed values, or one alone, which PostgreSQL words as an equation. */
const LIST = /= (?:ANY \(ARRAY\[(?:<>(?:, )?)+\]\)|ANY \(\(ARRAY\[(?:<>(?:, )?)+\]\)::text\[\]\)|<>)/g;

/** Whether a check is a former one with a longer list of values. */
function allowsMore(former: RuleShape, now: RuleShape): boolean {
  if (former.kind !== 'check' || now.kind !== 'check' || former.table !== now.table) return false;
  const [less, more] = [former.wording, now.wording].map((wording) => new Set(wording.match(LITERAL) ?? []));
  const [was, is] = [former.wording, now.wording].map((wording) =>
    wording.replace(LITERAL, '<>').replace(LIST, 'IN <>'),
  );
  return was === is && less !== undefined && more !== undefined && [...less].every((literal) => more.has(literal));
}

function newWalls(before: SchemaShape, after: SchemaShape): string[] {
  const tables = tablesOf(before);
  return after.walled
    .filter((table) => tables.has(table) && !before.walled.includes(table))
    .map((table) => `${table} shows its rows to those alone who say on whose behalf they ask`);
}
