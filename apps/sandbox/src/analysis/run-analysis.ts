import { roundCount, roundValue, type DisclosureRules } from '../disclosure/disclosure-rules.js';
import type { CellKey, PatientSet } from '../disclosure/evidence.js';
import { finding, suggestion, type Finding, type Suggestion } from '../disclosure/findings.js';
import { quoteName as name } from '../query-gate/query-plan.js';
import type { AnalysisWish, ClusteringWish, RegressionWish, SurvivalWish } from './analysis.js';
import { kaplanMeier, solve } from './statistics.js';

/** Runs SQL of ours where the data is; only sums come back. */
export type RunSql = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** What an analysis may show, and of whom it tells. */
export interface AnalysisOutcome {
  readonly outcome: 'pass' | 'review' | 'fail';
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CellKey[])[];
  readonly findings: readonly Finding[];
  readonly suggestions: readonly Suggestion[];
  readonly sets: readonly PatientSet[];
}

interface Run {
  readonly sql: RunSql;
  readonly rules: DisclosureRules;
  /** How many patients the enclave has numbers for. */
  readonly patients: number;
}

/** Works an analysis out from sums that are taken where the data is: rows never come here. */
export function runAnalysis(wish: AnalysisWish, run: Run): Promise<AnalysisOutcome> {
  if (wish.analysis === 'regression') return regression(wish, run);
  return wish.analysis === 'survival' ? survival(wish, run) : clustering(wish, run);
}

/** One row a patient: the first, by whatever comes first in it. */
function perPatient(table: string, columns: readonly string[]): string {
  const means = columns.map((column, at) => `avg(CAST(${name(column)} AS DOUBLE)) AS x${at}`);
  const complete = columns.map((column) => `isfinite(CAST(${name(column)} AS DOUBLE))`).join(' AND ');
  return `(SELECT "__patient" AS p, ${means.join(', ')} FROM ${name(table)} WHERE ${complete} GROUP BY 1)`;
}

const members = (patients: number): string =>
  `to_base64(bitstring_agg(p, 0, ${Math.max(0, patients - 1)})::BLOB) AS members`;
const number = (value: unknown): number => Number(value ?? 0);
const setFrom = (value: unknown): PatientSet =>
  typeof value === 'string' ? Uint8Array.from(atob(value), (character) => character.charCodeAt(0)) : new Uint8Array();

function refused(findings: readonly Finding[]): AnalysisOutcome {
  return { outcome: 'fail', columns: [], rows: [], findings, suggestions: [suggestion('widen_filter')], sets: [] };
}

async function regression(
  { table, outcome, covariates }: RegressionWish,
  { sql, rules, patients }: Run,
): Promise<AnalysisOutcome> {
  const from = perPatient(table, [outcome, ...covariates]);
  const terms = ['1', ...covariates.map((_, at) => `x${at + 1}`)];
  const products = terms.flatMap((a, i) => terms.slice(i).map((b, j) => `sum(${a} * ${b}) AS m${i}_${i + j}`));
  const [row] = await sql(
    `SELECT count(*) AS n, ${members(patients)}, sum(x0 * x0) AS yy, ${products.join(', ')},
      ${terms.map((term, at) => `sum(${term} * x0) AS v${at}`).join(', ')} FROM ${from}`,
  );
  const n = number(row?.['n']);
  if (n < rules.minPatients) return refused([finding('few_patients', 1, rules.minPatients)]);
  const most = Math.floor(n * rules.parametersShare);
  if (terms.length > most) return refused([finding('too_many_parameters', terms.length, most)]);
  const freedom = n - terms.length;
  if (freedom < rules.minDegreesOfFreedom)
    return refused([finding('few_degrees_of_freedom', 1, rules.minDegreesOfFreedom)]);
  const matrix = terms.map((_, i) => terms.map((__, j) => number(row?.[`m${Math.min(i, j)}_${Math.max(i, j)}`])));
  const vector = terms.map((_, at) => number(row?.[`v${at}`]));
  const solved = solve(matrix, vector);
  if (!solved) return refused([finding('nothing_left', 0)]);
  const explained = solved.solution.reduce((sum, b, at) => sum + b * (vector[at] ?? 0), 0);
  const variance = Math.max(0, number(row?.['yy']) - explained) / freedom;
  const rows = ['(intercept)', ...covariates].map((term, at): CellKey[] => {
    const error = Math.sqrt(variance * (solved.inverse[at]?.[at] ?? 0));
    return [term, roundValue(solved.solution[at] ?? 0, rules), roundValue(error, rules), roundCount(n, rules)];
  });
  const columns = ['term', 'estimate', 'standard_error', 'patients'];
  return { outcome: 'pass', columns, rows, findings: [], suggestions: [], sets: [setFrom(row?.['members'])] };
}

async function survival(
  { table, time, event, by }: SurvivalWish,
  { sql, rules, patients }: Run,
): Promise<AnalysisOutcome> {
  const group = by === null ? `'all'` : name(by);
  const rows = await sql(
    `SELECT CAST(g AS VARCHAR) AS g, t, count(*) AS gone, count(*) FILTER (WHERE e) AS events FROM
      (SELECT "__patient" AS p, any_value(${group}) AS g, min(CAST(${name(time)} AS DOUBLE)) AS t, bool_or(CAST(${name(event)} AS BOOLEAN)) AS e
        FROM ${name(table)} WHERE isfinite(CAST(${name(time)} AS DOUBLE)) GROUP BY 1) GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  const sets = await sql(
    `SELECT ${members(patients)} FROM (SELECT "__patient" AS p, any_value(${group}) AS g FROM ${name(table)} GROUP BY 1) GROUP BY g`,
  );
  const shown: CellKey[][] = [];
  let joined = 0;
  for (const [key, ofGroup] of Map.groupBy(rows, (one) => String(one['g']))) {
    const steps = ofGroup.map((one) => ({
      time: number(one['t']),
      gone: number(one['gone']),
      events: number(one['events']),
    }));
    const curve = kaplanMeier(steps, rules.minPatients);
    joined += curve.joined;
    for (const { time: at, atRisk, events, share } of curve.steps) {
      shown.push([
        key,
        roundValue(at, rules),
        roundCount(atRisk, rules),
        roundCount(events, rules),
        roundValue(share, rules),
      ]);
    }
  }
  if (shown.length === 0) return refused([finding('few_events', joined, rules.minPatients)]);
  const findings = joined > 0 ? [finding('few_events', joined, rules.minPatients)] : [];
  const columns = ['group', 'time', 'at_risk', 'events', 'survival'];
  return {
    outcome: joined > 0 ? 'review' : 'pass',
    columns,
    rows: shown,
    findings,
    suggestions: [],
    sets: sets.map((one) => setFrom(one['members'])),
  };
}

const ROUNDS = 12;

async function clustering(
  { table, columns, clusters }: ClusteringWish,
  { sql, rules, patients }: Run,
): Promise<AnalysisOutcome> {
  const from = perPatient(table, columns);
  const [moments] = await sql(
    `SELECT count(*) AS n, ${columns.map((_, at) => `avg(x${at}) AS a${at}, stddev_pop(x${at}) AS s${at}`).join(', ')} FROM ${from}`,
  );
  if (number(moments?.['n']) < rules.minPatients * clusters)
    return refused([finding('few_patients', clusters, rules.minPatients)]);
  const standard = columns.map(
    (_, at) => `((x${at} - ${number(moments?.[`a${at}`])}) / ${number(moments?.[`s${at}`]) || 1})`,
  );
  let centres = Array.from({ length: clusters }, (_, k) => columns.map(() => (2 * (k + 0.5)) / clusters - 1));
  const assigned = (): string => {
    const distances = centres.map((centre) =>
      standard.map((x, at) => `power(${x} - ${centre[at] ?? 0}, 2)`).join(' + '),
    );
    return `(SELECT p, ${columns.map((_, at) => `${standard[at] ?? '0'} AS z${at}, x${at}`).join(', ')}, list_position([${distances.join(', ')}], list_min([${distances.join(', ')}])) - 1 AS k FROM ${from})`;
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const means = await sql(
      `SELECT k, ${columns.map((_, at) => `avg(z${at}) AS z${at}`).join(', ')} FROM ${assigned()} GROUP BY k`,
    );
    centres = centres.map((centre, k) => {
      const mean = means.find((one) => number(one['k']) === k);
      return mean ? columns.map((_, at) => number(mean[`z${at}`])) : centre;
    });
  }
  const groups = await sql(
    `SELECT k, count(*) AS n, ${members(patients)}, ${columns.map((_, at) => `avg(x${at}) AS x${at}`).join(', ')} FROM ${assigned()} GROUP BY k ORDER BY n DESC`,
  );
  const large = groups.filter((one) => number(one['n']) >= rules.minPatients);
  const small = groups.length - large.length;
  // One withheld group could be worked out from the total: then the smallest shown one goes as well.
  const kept = small === 1 ? large.slice(0, -1) : large;
  if (kept.length === 0) return refused([finding('few_patients', small, rules.minPatients)]);
  const rows = kept.map((one, at): CellKey[] => [
    at + 1,
    roundCount(number(one['n']), rules),
    ...columns.map((_, x) => roundValue(number(one[`x${x}`]), rules)),
  ]);
  const findings = small > 0 ? [finding('few_patients', small, rules.minPatients)] : [];
  return {
    outcome: small > 0 ? 'review' : 'pass',
    columns: ['cluster', 'patients', ...columns],
    rows,
    findings,
    suggestions: [],
    sets: kept.map((one) => setFrom(one['members'])),
  };
}
