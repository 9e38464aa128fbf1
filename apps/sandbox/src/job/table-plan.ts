import { err, ok, type Result } from '@hetao/kernel';
import { mayStand, type GovernedTable, type UsePlace } from '../enclave/column-policy.js';
import type { Expression, Measure, MeasureKind, QueryPlan } from '../query-gate/query-plan.js';
import { jobErrors, type JobError } from './job.errors.js';

/** A table somebody wants, made with a form instead of SQL. */
export interface TableWish {
  readonly table: string;
  readonly groupBy: readonly string[];
  readonly measures: readonly { readonly kind: MeasureKind; readonly column?: string; readonly quantile?: number }[];
}

/** A column of a table for a use, or why not. */
export function columnFor(table: GovernedTable, column: string, place: UsePlace): Result<Expression, JobError> {
  const rule = table.columns.find(({ name }) => name === column);
  if (rule && mayStand(rule, place)) return ok({ kind: 'column', source: table.name, column });
  const why = rule ? `is ${rule.use} and may not stand there` : 'is not there';
  return err(jobErrors.JOB_COLUMN_UNKNOWN(`Column ${table.name}.${column} ${why}.`));
}

/** The table of that name. */
export function tableFor(tables: readonly GovernedTable[], name: string): Result<GovernedTable, JobError> {
  const table = tables.find((one) => one.name === name);
  return table ? ok(table) : err(jobErrors.JOB_COLUMN_UNKNOWN(`There is no table ${name}.`));
}

/** The plan of a table: the same kind of plan that SQL is read into, so the same rules hold. */
export function planTable(wish: TableWish, tables: readonly GovernedTable[]): Result<QueryPlan, JobError> {
  const table = tableFor(tables, wish.table);
  if (!table.ok) return table;
  const groups: { name: string; value: Expression }[] = [];
  for (const name of wish.groupBy) {
    const value = columnFor(table.value, name, 'group');
    if (!value.ok) return value;
    groups.push({ name, value: value.value });
  }
  const measures: Measure[] = [];
  for (const { kind, column, quantile } of wish.measures) {
    const counts = kind === 'rows' || kind === 'patients';
    const value = counts ? ok(null) : columnFor(table.value, column ?? '', 'aggregate');
    if (!value.ok) return value;
    const name = counts ? kind : `${kind}_${column ?? ''}`;
    measures.push({ name, kind, value: value.value, ...(quantile === undefined ? {} : { quantile }) });
  }
  const source = { table: wish.table, alias: wish.table, join: null };
  return ok({ sources: [source], where: null, groups, measures, order: [], limit: null });
}
