/** A value computed from columns of one row: the only things a query may say, whatever SQL it was written in. */
export type Expression =
  | { readonly kind: 'column'; readonly source: string; readonly column: string }
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  | { readonly kind: 'call'; readonly name: ScalarFunction; readonly args: readonly Expression[] }
  | { readonly kind: 'operator'; readonly operator: Operator; readonly args: readonly Expression[] }
  | { readonly kind: 'in'; readonly negated: boolean; readonly args: readonly Expression[] }
  | { readonly kind: 'between'; readonly args: readonly [Expression, Expression, Expression] }
  | { readonly kind: 'cast'; readonly to: CastTarget; readonly arg: Expression }
  | {
      readonly kind: 'case';
      readonly checks: readonly { readonly when: Expression; readonly then: Expression }[];
      readonly otherwise: Expression | null;
    };

export const scalarFunctions = [
  ...['year', 'quarter', 'month', 'date_trunc', 'date_part'],
  ...['floor', 'ceil', 'round', 'abs', 'ln', 'log10', 'sqrt', 'least', 'greatest', 'coalesce', 'lower', 'upper'],
] as const;
export type ScalarFunction = (typeof scalarFunctions)[number];

export const operators = [
  ...['+', '-', '*', '/', '//', '%'],
  ...['=', '<>', '<', '<=', '>', '>='],
  ...['AND', 'OR', 'NOT', 'IS NULL', 'IS NOT NULL', 'LIKE', 'NOT LIKE'],
] as const;
export type Operator = (typeof operators)[number];

export const castTargets = ['INTEGER', 'BIGINT', 'DOUBLE', 'VARCHAR', 'DATE'] as const;
export type CastTarget = (typeof castTargets)[number];

/** What is told of a group. `rows` and `patients` count; the others are taken over one column. */
export type MeasureKind = 'rows' | 'patients' | 'sum' | 'avg' | 'stddev' | 'quantile';

export interface Measure {
  readonly name: string;
  readonly kind: MeasureKind;
  /** Null for counts. */
  readonly value: Expression | null;
  /** Between 0.05 and 0.95, for quantiles. */
  readonly quantile?: number;
}

/** A granted table under the name the query gave it. The first has no join. */
export interface Source {
  readonly table: string;
  readonly alias: string;
  readonly join: {
    readonly kind: 'INNER' | 'LEFT';
    readonly on: readonly (readonly [Expression, Expression])[];
  } | null;
}

/** A query as it was understood: from this, and never from the text that was sent, SQL is written and run. */
export interface QueryPlan {
  readonly sources: readonly Source[];
  readonly where: Expression | null;
  readonly groups: readonly { readonly name: string; readonly value: Expression }[];
  readonly measures: readonly Measure[];
  /** By position among groups, then measures. */
  readonly order: readonly { readonly at: number; readonly descending: boolean }[];
  readonly limit: number | null;
}

/** Quotes a name; whatever it holds, it stays one name. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes a text; whatever it holds, it stays one text. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Writes an expression as SQL of our own. */
export function toSql(expression: Expression): string {
  switch (expression.kind) {
    case 'column':
      return `${quoteName(expression.source)}.${quoteName(expression.column)}`;
    case 'constant':
      return constantSql(expression.value);
    case 'call':
      return `${expression.name}(${expression.args.map(toSql).join(', ')})`;
    case 'operator':
      return operatorSql(expression.operator, expression.args.map(toSql));
    case 'in': {
      const [value = '', ...among] = expression.args.map(toSql);
      return `(${value} ${expression.negated ? 'NOT IN' : 'IN'} (${among.join(', ')}))`;
    }
    case 'between': {
      const [value, lower, upper] = expression.args;
      return `(${toSql(value)} BETWEEN ${toSql(lower)} AND ${toSql(upper)})`;
    }
    case 'cast':
      return `TRY_CAST(${toSql(expression.arg)} AS ${expression.to})`;
    case 'case': {
      const checks = expression.checks.map(({ when, then }) => `WHEN ${toSql(when)} THEN ${toSql(then)}`).join(' ');
      return `CASE ${checks} ELSE ${expression.otherwise ? toSql(expression.otherwise) : 'NULL'} END`;
    }
  }
}

/**
 * An expression whose failure is nothing. The engine's complaint would name the value it stumbled over, and that there was
 * a complaint would tell of single rows whatever the rules say of cells: `CASE WHEN age = 93 THEN ln(0) …` is such a probe.
 */
export function safeSql(expression: Expression): string {
  const cannotFail = expression.kind === 'column' || expression.kind === 'constant';
  return cannotFail ? toSql(expression) : `TRY(${toSql(expression)})`;
}

function constantSql(value: string | number | boolean | null): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return quoteText(value);
  return String(value);
}

function operatorSql(operator: Operator, args: readonly string[]): string {
  const [first = '', second] = args;
  if (operator === 'NOT') return `(NOT ${first})`;
  if (operator === 'IS NULL' || operator === 'IS NOT NULL') return `(${first} ${operator})`;
  if (second === undefined) return `(${operator} ${first})`;
  return `(${args.join(` ${operator} `)})`;
}

/** The FROM and WHERE of a plan: joins hold within one patient, whatever else they are made on. */
export function fromSql(plan: QueryPlan): string {
  const [first, ...others] = plan.sources;
  const named = ({ table, alias }: Source): string => `${quoteName(table)} AS ${quoteName(alias)}`;
  const patientOf = ({ alias }: Source): string => `${quoteName(alias)}."__patient"`;
  if (first === undefined) throw new Error('A plan has a source.');
  const joins = others.map((source) => {
    const on = (source.join?.on ?? []).map(([left, right]) => `${safeSql(left)} = ${safeSql(right)}`);
    const samePatient = `${patientOf(source)} = ${patientOf(first)}`;
    return `${source.join?.kind ?? 'INNER'} JOIN ${named(source)} ON ${[...on, samePatient].join(' AND ')}`;
  });
  const where = plan.where === null ? '' : ` WHERE ${safeSql(plan.where)}`;
  return `FROM ${[named(first), ...joins].join(' ')}${where}`;
}

/** The patient of a row of the plan's FROM. */
export function patientSql({ sources }: QueryPlan): string {
  return `${quoteName(sources[0]?.alias ?? '')}."__patient"`;
}
