import { err, ok, type Result } from '@hetao/kernel';
import { mayStand, type GovernedTable } from '../enclave/column-policy.js';
import { jobErrors, type JobError } from '../job/job.errors.js';

/** A regression of one number on others: ordinary least squares over patients' first rows. */
export interface RegressionWish {
  readonly analysis: 'regression';
  readonly table: string;
  readonly outcome: string;
  readonly covariates: readonly string[];
}
/** Kaplan–Meier over time, by group. */
export interface SurvivalWish {
  readonly analysis: 'survival';
  readonly table: string;
  readonly time: string;
  readonly event: string;
  readonly by: string | null;
}
/** k-means over standardised numbers. */
export interface ClusteringWish {
  readonly analysis: 'clustering';
  readonly table: string;
  readonly columns: readonly string[];
  readonly clusters: number;
}
export type AnalysisWish = RegressionWish | SurvivalWish | ClusteringWish;

const KINDS: readonly string[] = ['regression', 'survival', 'clustering'];

export function isAnalysis(kind: string): boolean {
  return KINDS.includes(kind);
}

/** Whether every column an analysis names may be used so: values go into sums, groups are shown. */
export function checkAnalysis(wish: AnalysisWish, tables: readonly GovernedTable[]): Result<AnalysisWish, JobError> {
  const table = tables.find(({ name }) => name === wish.table);
  if (!table) return err(jobErrors.JOB_COLUMN_UNKNOWN(`There is no table ${wish.table}.`));
  const wanted = columnsOf(wish);
  for (const { name, place } of wanted) {
    const rule = table.columns.find((column) => column.name === name);
    if (!rule || !mayStand(rule, place)) {
      return err(
        jobErrors.JOB_COLUMN_UNKNOWN(`Column ${table.name}.${name} ${rule ? `is ${rule.use}` : 'is not there'}.`),
      );
    }
  }
  return ok(wish);
}

function columnsOf(wish: AnalysisWish): readonly { name: string; place: 'aggregate' | 'group' }[] {
  if (wish.analysis === 'regression')
    return [wish.outcome, ...wish.covariates].map((name) => ({ name, place: 'aggregate' }));
  if (wish.analysis === 'clustering') return wish.columns.map((name) => ({ name, place: 'aggregate' }));
  const by = wish.by === null ? [] : [{ name: wish.by, place: 'group' as const }];
  return [{ name: wish.time, place: 'aggregate' }, ...by];
}
