import { err, ok, type Result } from '@hetao/kernel';
import { containerLanguages, type ContainerLanguage } from '../container/container-pod.js';
import { mayStand, type ColumnRule, type GovernedTable } from '../enclave/column-policy.js';
import { jobErrors, type JobError } from '../job/job.errors.js';
import { columnFor, tableFor } from '../job/table-plan.js';
import { quoteName as name, type Expression, type Measure, type QueryPlan } from '../query-gate/query-plan.js';

/**
 * Code of somebody's own. `main(patient)` is called for each patient by herself, with the rows of hers by table, and gives
 * one record, several, or none; the records are then grouped and counted by our own SQL, like any table.
 */
export interface CodeWish {
  readonly language: CodeLanguage;
  readonly source: string;
  readonly reads: readonly { readonly table: string; readonly columns: readonly string[] }[];
  /** Members of a record that make groups: texts. */
  readonly groups: readonly string[];
  /** What is told of each group; `of` names the member, a number. Records are not counted: one patient may give many. */
  readonly measures: readonly { readonly kind: 'patients' | 'sum' | 'avg'; readonly of?: string }[];
}

/** What code may be written in: the first two run in a process of ours, the others in containers. */
export const codeLanguages = ['javascript', 'typescript', ...containerLanguages] as const;
export type CodeLanguage = (typeof codeLanguages)[number];

/** Whether code of this language needs a container. */
export function needsContainer(language: CodeLanguage): language is ContainerLanguage {
  return containerLanguages.some((one) => one === language);
}

/** A member of a record, as it is kept. */
export interface OutputColumn {
  readonly name: string;
  readonly type: 'VARCHAR' | 'DOUBLE';
}

/** What code comes to: what it reads, what it gives, and the question asked of what it gave. */
export interface CodePlan {
  readonly wish: CodeWish;
  /** By table, SQL: the patient's number and the columns, a patient's rows one after the other. */
  readonly reads: readonly { readonly table: string; readonly sql: string }[];
  readonly outputs: readonly OutputColumn[];
  readonly query: QueryPlan;
}

/** The table that records are put into. */
export const OUTPUT_TABLE = 'output';

/** @returns JOB_COLUMN_UNKNOWN for what is not there or may not be read by code; JOB_CODE_REFUSED for outputs that clash. */
export function planCode(wish: CodeWish, tables: readonly GovernedTable[]): Result<CodePlan, JobError> {
  const reads: { table: string; sql: string }[] = [];
  for (const { table, columns } of wish.reads) {
    const governed = tableFor(tables, table);
    if (!governed.ok) return governed;
    const rules: ColumnRule[] = [];
    for (const column of columns) {
      const rule = readable(governed.value, column);
      if (!rule.ok) return rule;
      rules.push(rule.value);
    }
    reads.push({ table, sql: `SELECT ${['"__patient"', ...rules.map(columnSql)].join(', ')} FROM ${name(table)}` });
  }
  const numbers = new Set(wish.measures.flatMap(({ of }) => of ?? []));
  const clash = wish.groups.find((group) => numbers.has(group));
  if (clash !== undefined)
    return err(jobErrors.JOB_CODE_REFUSED(`${clash} cannot be a group and a number at the same time.`));
  const lacking = wish.measures.find(({ kind, of }) => (kind !== 'patients') !== (of !== undefined));
  if (lacking)
    return err(jobErrors.JOB_CODE_REFUSED('A sum or mean is taken of a number, patients are counted of none.'));
  const outputs = [
    ...[...new Set(wish.groups)].map((group): OutputColumn => ({ name: group, type: 'VARCHAR' })),
    ...[...numbers].map((number): OutputColumn => ({ name: number, type: 'DOUBLE' })),
  ];
  return ok({ wish, reads, outputs, query: queryOf(wish) });
}

/**
 * Code may group by what it reads or add it up, whatever it was written for: a column must be allowed to stand in both, a
 * text in a group.
 */
function readable(table: GovernedTable, column: string): Result<ColumnRule, JobError> {
  const rule = table.columns.find((one) => one.name === column);
  const isNumber = rule?.type === 'integer' || rule?.type === 'decimal';
  const place = isNumber && !mayStand(rule, 'aggregate') ? 'aggregate' : 'group';
  const found = columnFor(table, column, place);
  if (!found.ok || rule === undefined) return found.ok ? err(jobErrors.JOB_COLUMN_UNKNOWN(column)) : found;
  return ok(rule);
}

function columnSql({ name: column, type }: ColumnRule): string {
  if (type === 'boolean') return name(column);
  return `TRY_CAST(${name(column)} AS ${type === 'integer' || type === 'decimal' ? 'DOUBLE' : 'VARCHAR'}) AS ${name(column)}`;
}

function queryOf({ groups, measures }: CodeWish): QueryPlan {
  const column = (member: string): Expression => ({ kind: 'column', source: OUTPUT_TABLE, column: member });
  return {
    sources: [{ table: OUTPUT_TABLE, alias: OUTPUT_TABLE, join: null }],
    where: null,
    groups: [...new Set(groups)].map((group) => ({ name: group, value: column(group) })),
    measures: measures.map(({ kind, of }): Measure => ({
      name: of === undefined ? kind : `${kind}_${of}`,
      kind,
      value: of === undefined ? null : column(of),
    })),
    order: [],
    limit: null,
  };
}
