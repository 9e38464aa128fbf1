import { err, ok, type Result } from '@hetao/kernel';
import { mayStand, type ColumnRule, type GovernedTable, type UsePlace } from '../enclave/column-policy.js';
import { jobErrors, type JobError } from '../job/job.errors.js';

/** A regression of one number on others: ordinary least squares over patients' means. */
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

/** How often the centres of clusters are moved. */
export const clusteringRounds = 12;

/** The most questions an analysis asks of the data: what is set aside for it covers them all. */
export function questionsOf({ analysis }: AnalysisWish): number {
  if (analysis === 'regression') return 2;
  return analysis === 'survival' ? 2 : clusteringRounds + 2;
}

/** A column in its part in an analysis, and where in a query that part would stand. */
interface Part {
  readonly name: string;
  readonly role: 'outcome' | 'covariate' | 'time' | 'event' | 'group' | 'feature';
  readonly place: UsePlace;
}

/**
 * Whether every column an analysis names may be used so, by the rules that hold for SQL: values that are summed stand in
 * an aggregate; times and groups are shown as they are, like what is grouped by; an event is compared with yes.
 *
 * @returns JOB_COLUMN_UNKNOWN with `meta` of role, column and reason: `no_table`, `no_column`, `column_policy`, `not_a_number`.
 */
export function checkAnalysis(wish: AnalysisWish, tables: readonly GovernedTable[]): Result<AnalysisWish, JobError> {
  const table = tables.find(({ name }) => name === wish.table);
  if (!table)
    return err(jobErrors.JOB_COLUMN_UNKNOWN(`There is no table ${wish.table}.`, { meta: { reason: 'no_table' } }));
  for (const part of partsOf(wish)) {
    const fault = faultOf(
      part,
      table.columns.find(({ name }) => name === part.name),
    );
    if (!fault) continue;
    const [reason, why] = fault;
    const detail = `Column ${table.name}.${part.name} ${why}, so it cannot be the ${part.role}.`;
    return err(jobErrors.JOB_COLUMN_UNKNOWN(detail, { meta: { reason, role: part.role, column: part.name } }));
  }
  return ok(wish);
}

type Fault = readonly [reason: 'no_column' | 'column_policy' | 'not_a_number', why: string];

function faultOf({ place, role }: Part, rule: ColumnRule | undefined): Fault | undefined {
  if (!rule) return ['no_column', 'is not there'];
  if (!mayStand(rule, place)) return ['column_policy', `is ${rule.use}`];
  const isNumber = NUMBERS.includes(rule.type) && (rule.generalise === null || rule.generalise === 'five_year_band');
  return role === 'group' || isNumber ? undefined : ['not_a_number', `is no number (${rule.type})`];
}

const NUMBERS: readonly string[] = ['integer', 'decimal', 'boolean'];

function partsOf(wish: AnalysisWish): readonly Part[] {
  if (wish.analysis === 'regression') {
    const covariates = wish.covariates.map((name): Part => ({ name, role: 'covariate', place: 'aggregate' }));
    return [{ name: wish.outcome, role: 'outcome', place: 'aggregate' }, ...covariates];
  }
  if (wish.analysis === 'clustering')
    return wish.columns.map((name): Part => ({ name, role: 'feature', place: 'aggregate' }));
  const by: readonly Part[] = wish.by === null ? [] : [{ name: wish.by, role: 'group', place: 'group' }];
  return [
    { name: wish.time, role: 'time', place: 'group' },
    { name: wish.event, role: 'event', place: 'compare' },
    ...by,
  ];
}
