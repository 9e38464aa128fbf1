import { roundCount, roundValue, type DisclosureRules } from '../disclosure/disclosure-rules.js';
import type { CellKey } from '../disclosure/evidence.js';
import { finding, type FindingCode } from '../disclosure/findings.js';
import { valueFindings } from '../disclosure/verdict.js';
import type { RegressionWish } from './analysis.js';
import {
  evidenceFrom,
  findingsFrom,
  membersSql,
  numberFrom,
  perPatientSql,
  refused,
  setFrom,
  type AnalysisOutcome,
  type AnalysisRun,
} from './analysis-outcome.js';
import { solve, type Solved } from './statistics.js';

type Sums = Readonly<Record<string, unknown>>;

/** Ordinary least squares from sums of products. Each coefficient is a weighted sum of outcomes, and judged as one. */
export async function regression(
  { table, outcome, covariates }: RegressionWish,
  { sql, rules, patients }: AnalysisRun,
): Promise<AnalysisOutcome> {
  const from = perPatientSql(table, [outcome, ...covariates]);
  const terms = ['1', ...covariates.map((_, at) => `x${at + 1}`)];
  const [sums] = await sql(productsSql(terms, from, patients));
  const n = numberFrom(sums?.['n']);
  const size = sizeFinding(n, terms.length, rules);
  if (size) return refused([size]);
  const matrix = terms.map((_, i) => terms.map((__, j) => numberFrom(sums?.[`m${Math.min(i, j)}_${Math.max(i, j)}`])));
  const vector = terms.map((_, at) => numberFrom(sums?.[`v${at}`]));
  const solved = solve(matrix, vector);
  if (!solved) return refused([finding('nothing_left', 0)]);
  const [weighed] = await sql(weightsSql(terms, solved, from));
  const against = againstTerms(weighed ?? {}, terms.length, rules);
  if (against.size > 0) return refused(findingsFrom(against, rules));
  const explained = solved.solution.reduce((sum, b, at) => sum + b * (vector[at] ?? 0), 0);
  const variance = Math.max(0, numberFrom(sums?.['yy']) - explained) / (n - terms.length);
  const rows = ['(intercept)', ...covariates].map((term, at): CellKey[] => {
    const error = Math.sqrt(variance * (solved.inverse[at]?.[at] ?? 0));
    return [term, roundValue(solved.solution[at] ?? 0, rules), roundValue(error, rules), roundCount(n, rules)];
  });
  const columns = ['term', 'estimate', 'standard_error', 'patients'];
  return { outcome: 'pass', columns, rows, findings: [], suggestions: [], sets: [setFrom(sums?.['members'])] };
}

function productsSql(terms: readonly string[], from: string, patients: number): string {
  const products = terms.flatMap((a, i) => terms.slice(i).map((b, j) => `sum(${a} * ${b}) AS m${i}_${i + j}`));
  const withOutcome = terms.map((term, at) => `sum(${term} * x0) AS v${at}`);
  return `SELECT count(*) AS n, ${membersSql(patients)}, sum(x0 * x0) AS yy, ${[...products, ...withOutcome].join(', ')} FROM ${from}`;
}

function sizeFinding(n: number, parameters: number, rules: DisclosureRules) {
  if (n < rules.minPatients) return finding('few_patients', 1, rules.minPatients);
  const most = Math.floor(n * rules.parametersShare);
  if (parameters > most) return finding('too_many_parameters', parameters, most);
  const isFree = n - parameters >= rules.minDegreesOfFreedom;
  return isFree ? undefined : finding('few_degrees_of_freedom', 1, rules.minDegreesOfFreedom);
}

/** How each patient weighs in each coefficient: row of the inverse times the patient's terms. */
function weightsSql(terms: readonly string[], { inverse }: Solved, from: string): string {
  const weights = inverse.map(
    (row, at) => `(${row.map((value, j) => `${value} * ${terms[j] ?? '0'}`).join(' + ')}) AS w${at}`,
  );
  const judged = terms.map((_, at) =>
    [
      `sum(w${at} * w${at}) AS s${at}, sum(power(w${at}, 4)) AS f${at}`,
      `sum(abs(w${at} * x0)) AS a${at}, max(abs(w${at} * x0), 2) AS t${at}`,
    ].join(', '),
  );
  return `SELECT ${judged.join(', ')} FROM (SELECT x0, ${weights.join(', ')} FROM ${from})`;
}

/**
 * What is against showing the coefficients. Who makes one is counted by how evenly the weights lie, (Σw²)² / Σw⁴: of a
 * covariate that few patients have the coefficient is those few patients' mean, however many are in the model.
 */
function againstTerms(weighed: Sums, terms: number, rules: DisclosureRules): ReadonlyMap<FindingCode, number> {
  const counted = new Map<FindingCode, number>();
  for (let at = 0; at < terms; at += 1) {
    const [squares, fourths] = [numberFrom(weighed[`s${at}`]), numberFrom(weighed[`f${at}`])];
    // A hair is added: ten who weigh the same are ten, whatever was lost in rounding.
    const contributors = fourths > 0 ? Math.floor(squares ** 2 / fourths + ROUNDING) : 0;
    for (const code of valueFindings({ kind: 'sum' }, evidenceFrom(weighed, at, contributors), rules))
      counted.set(code, (counted.get(code) ?? 0) + 1);
  }
  return counted;
}

const ROUNDING = 1e-6;
