import { roundCount, roundValue, type DisclosureRules } from '../disclosure/disclosure-rules.js';
import { unionOf, type CellKey } from '../disclosure/evidence.js';
import { finding, type FindingCode } from '../disclosure/findings.js';
import { valueFindings } from '../disclosure/verdict.js';
import { clusteringRounds, type ClusteringWish } from './analysis.js';
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
import { withheldBesides } from './withheld-groups.js';

type Rows = readonly Readonly<Record<string, unknown>>[];

/** k-means whose centres are means of many: each is shown by the rules for means, each cluster by those for cells. */
export async function clustering(wish: ClusteringWish, run: AnalysisRun): Promise<AnalysisOutcome> {
  const { columns, clusters } = wish;
  const { rules } = run;
  const from = perPatientSql(wish.table, columns);
  const moments = columns.map((_, at) => `avg(x${at}) AS m${at}, stddev_pop(x${at}) AS s${at}`);
  const [overall] = await run.sql(`SELECT count(*) AS n, ${moments.join(', ')} FROM ${from}`);
  if (numberFrom(overall?.['n']) < rules.minPatients * clusters)
    return refused([finding('few_patients', clusters, rules.minPatients)]);
  const standard = columns.map(
    (_, at) => `((x${at} - ${numberFrom(overall?.[`m${at}`])}) / ${numberFrom(overall?.[`s${at}`]) || 1})`,
  );
  const assigned = await settled({ standard, from, clusters }, run);
  const measures = columns.map(
    (_, at) => `avg(x${at}) AS m${at}, sum(abs(x${at})) AS a${at}, max(abs(x${at}), 2) AS t${at}`,
  );
  const groups = await run.sql(
    `SELECT k, count(*) AS n, ${membersSql(run.patients)}, ${measures.join(', ')} FROM ${assigned} GROUP BY k ORDER BY n DESC, k`,
  );
  return judged(groups, columns, rules);
}

interface Space {
  readonly standard: readonly string[];
  readonly from: string;
  readonly clusters: number;
}

/** Who belongs to which cluster once the centres were moved, SQL: `p`, `x0`, …, `z0`, … and the cluster `k`. */
async function settled({ standard, from, clusters }: Space, { sql }: AnalysisRun): Promise<string> {
  let centres = Array.from({ length: clusters }, (_, k) => standard.map(() => (2 * (k + 0.5)) / clusters - 1));
  const values = standard.map((z, at) => `${z} AS z${at}, x${at}`).join(', ');
  const assigned = (): string => {
    const distances = centres
      .map((centre) => standard.map((z, at) => `power(${z} - ${centre[at] ?? 0}, 2)`).join(' + '))
      .join(', ');
    return `(SELECT p, ${values}, list_position([${distances}], list_min([${distances}])) - 1 AS k FROM ${from})`;
  };
  const means = standard.map((_, at) => `avg(z${at}) AS z${at}`).join(', ');
  for (let round = 0; round < clusteringRounds; round += 1) {
    const moved = await sql(`SELECT k, ${means} FROM ${assigned()} GROUP BY k`);
    centres = centres.map((centre, k) => {
      const mean = moved.find((one) => numberFrom(one['k']) === k);
      return mean ? standard.map((_, at) => numberFrom(mean[`z${at}`])) : centre;
    });
  }
  return assigned();
}

/** What of the clusters may be seen. */
function judged(groups: Rows, columns: readonly string[], rules: DisclosureRules): AnalysisOutcome {
  const sizes = groups.map(({ n }) => numberFrom(n));
  const small = new Set(sizes.flatMap((n, at) => (n < rules.minPatients ? [at] : [])));
  const besides = withheldBesides(sizes, small, rules);
  const counted = new Map<FindingCode, number>([
    ['few_patients', small.size],
    ['secondary', besides.size],
  ]);
  const hidden = new Set([...small, ...besides]);
  const withheld = columns.map((_, x) => withheldMeans(groups, x, { sizes, hidden, rules, counted }));
  const kept = [...groups.keys()].filter((at) => !hidden.has(at));
  const findings = findingsFrom(counted, rules);
  if (kept.length === 0) return refused(findings.length > 0 ? findings : [finding('nothing_left', 0)]);
  const rows = kept.map((at, position): CellKey[] => [
    ...[position + 1, roundCount(sizes[at] ?? 0, rules)],
    ...columns.map((_, x) => (withheld[x]?.has(at) ? null : roundValue(numberFrom(groups[at]?.[`m${x}`]), rules))),
  ]);
  const sets = kept.map((at) => setFrom(groups[at]?.['members']));
  return {
    outcome: findings.length > 0 ? 'review' : 'pass',
    columns: ['cluster', 'patients', ...columns],
    ...{ rows, findings, suggestions: [] },
    // The total may be asked next: all that are shown together are told of, too.
    sets: sets.length > 1 ? [...sets, unionOf(sets)] : sets,
  };
}

interface Judging {
  readonly sizes: readonly number[];
  readonly hidden: ReadonlySet<number>;
  readonly rules: DisclosureRules;
  readonly counted: Map<FindingCode, number>;
}

/** Clusters whose mean of a column is withheld: those that one or two patients make, and one more, lest the mean of all tell. */
function withheldMeans(groups: Rows, x: number, { sizes, hidden, rules, counted }: Judging): ReadonlySet<number> {
  const count = (code: FindingCode, by = 1): void => void counted.set(code, (counted.get(code) ?? 0) + by);
  const withheld = new Set(hidden);
  const values = groups.map((row, at) => evidenceFrom(row, x, sizes[at] ?? 0));
  values.forEach((value, at) => {
    if (hidden.has(at)) return;
    const against = valueFindings({ kind: 'avg' }, value, rules);
    against.forEach((code) => count(code));
    if (against.length > 0) withheld.add(at);
  });
  const besides = withheldBesides(sizes, withheld, rules, values);
  count('secondary', besides.size);
  return new Set([...withheld, ...besides]);
}
