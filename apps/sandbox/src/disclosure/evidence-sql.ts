import {
  fromSql,
  patientSql,
  quoteName,
  safeSql,
  toSql,
  type Measure,
  type QueryPlan,
} from '../query-gate/query-plan.js';
import type { CellEvidence, CellKey, MeasureEvidence } from './evidence.js';

/** Quantiles are the mean of these around the one that was asked, so that no single patient's value is shown. */
const AROUND = [-0.02, -0.01, 0, 0.01, 0.02];
const MAX_CELLS = 5_000;
const BITS_A_BYTE = 8;

/**
 * The one statement that answers a plan together with what the answer rests on: per cell its patients as a set, and per
 * measure who contributes and how much the largest two do. First per patient, then per cell: rows never count twice.
 *
 * @param patients how many patients the enclave has numbers for.
 */
export function evidenceSql(plan: QueryPlan, patients: number): string {
  const groups = plan.groups.map((_, at) => `g${at}`);
  const values = plan.measures.map((measure, at) => ({ measure, at })).filter(({ measure }) => measure.value !== null);
  const base = [
    ...plan.groups.map(({ value }, at) => `${safeSql(value)} AS g${at}`),
    `${patientSql(plan)} AS p`,
    ...values.map(({ measure, at }) => `${finite(measure)} AS v${at}`),
  ];
  const perPatient = values.map(
    ({ at }) =>
      `sum(v${at}) AS s${at}, sum(abs(v${at})) AS a${at}, sum(v${at} * v${at}) AS q${at}, count(v${at}) AS c${at}`,
  );
  const set = (filter: string): string => patientSetSql(patients, filter);
  const perCell = values.map(({ at }) =>
    [
      `sum(s${at}) AS s${at}, sum(q${at}) AS q${at}, sum(c${at}) AS c${at}, sum(a${at}) AS a${at}`,
      `max(a${at}, 2) AS t${at}, count(*) FILTER (WHERE c${at} > 0) AS k${at}`,
      `CASE WHEN count(*) FILTER (WHERE c${at} > 0) = count(*) THEN NULL ELSE ${set(` FILTER (WHERE c${at} > 0)`)} END AS u${at}`,
    ].join(', '),
  );
  const by = groups.length > 0 ? ` GROUP BY ${groups.join(', ')}` : '';
  const cells = [...groups, 'count(*) AS patients', 'sum(n) AS n', `${set('')} AS patient_set`, ...perCell];
  return [
    `WITH base AS (SELECT ${base.join(', ')} ${fromSql(plan)}),`,
    `per_patient AS (SELECT ${[...groups, 'p', 'count(*) AS n', ...perPatient].join(', ')} FROM base GROUP BY ${[...groups, 'p'].join(', ')}),`,
    `cells AS (SELECT ${cells.join(', ')} FROM per_patient${by} HAVING count(*) > 0 LIMIT ${MAX_CELLS + 1})`,
    withQuantiles(plan, groups, by),
  ].join(' ');
}

/**
 * The patients `p` of a group as a set, SQL, base64. Whole bytes, whatever the number of patients: a bit string that ends
 * within a byte is padded at its front, and the sets of two versions would not lie on one another.
 */
export function patientSetSql(patients: number, filter = ''): string {
  const bits = Math.max(1, Math.ceil(patients / BITS_A_BYTE)) * BITS_A_BYTE;
  return `to_base64(bitstring_agg(p, 0, ${bits - 1})${filter}::BLOB)`;
}

/** True when there were more cells than are ever read. */
export function tooManyCells(rows: readonly unknown[]): boolean {
  return rows.length > MAX_CELLS;
}

function withQuantiles(plan: QueryPlan, groups: readonly string[], by: string): string {
  const quantiles = plan.measures
    .map((measure, at) => ({ measure, at }))
    .filter(({ measure }) => measure.kind === 'quantile');
  if (quantiles.length === 0) return 'SELECT * FROM cells';
  const columns = quantiles.map(({ measure, at }) => {
    const around = AROUND.map((offset) => ((measure.quantile ?? 0) + offset).toFixed(4)).join(', ');
    return `list_avg(quantile_cont(v${at}, [${around}])) AS m${at}`;
  });
  const on = groups.map((group) => `cells.${group} IS NOT DISTINCT FROM quantiles.${group}`);
  const names = quantiles.map(({ at }) => `m${at}`).join(', ');
  return [
    `, quantiles AS (SELECT ${[...groups, ...columns].join(', ')} FROM base${by})`,
    `SELECT cells.*, ${names} FROM cells JOIN quantiles ON ${on.length > 0 ? on.join(' AND ') : 'true'}`,
  ].join(' ');
}

/** What is no number counts as not there: one infinite value must not make a sum unreadable. */
function finite({ value }: Measure): string {
  const sql = value === null ? 'NULL' : `TRY_CAST(${safeSql(value)} AS DOUBLE)`;
  return `CASE WHEN isfinite(${sql}) THEN ${sql} END`;
}

/** Reads a row of {@link evidenceSql}. */
export function readEvidence(row: Readonly<Record<string, unknown>>, plan: QueryPlan): CellEvidence {
  return {
    keys: plan.groups.map((_, at) => keyOf(row[`g${at}`])),
    patients: Number(row['patients']),
    rows: Number(row['n']),
    set: bytes(row['patient_set']),
    measures: plan.measures.map((measure, at) => measureOf(row, measure, at)),
  };
}

function measureOf(row: Readonly<Record<string, unknown>>, measure: Measure, at: number): MeasureEvidence {
  const number = (name: string): number => Number(row[`${name}${at}`] ?? 0);
  if (measure.value === null) {
    const count = Number(measure.kind === 'rows' ? row['n'] : row['patients']);
    return { value: count, contributors: Number(row['patients']), total: 0, top: [], set: null };
  }
  const top = Array.isArray(row[`t${at}`]) ? (row[`t${at}`] as unknown[]).map(Number) : [];
  const set = row[`u${at}`] === null || row[`u${at}`] === undefined ? null : bytes(row[`u${at}`]);
  return { value: valueOf(row, measure, at), contributors: number('k'), total: number('a'), top, set };
}

function valueOf(row: Readonly<Record<string, unknown>>, { kind }: Measure, at: number): number | null {
  const [sum, squares, count] = ['s', 'q', 'c'].map((name) => Number(row[`${name}${at}`] ?? 0)) as [
    number,
    number,
    number,
  ];
  if (count === 0) return null;
  if (kind === 'sum') return sum;
  if (kind === 'avg') return sum / count;
  if (kind === 'quantile') return row[`m${at}`] === null ? null : Number(row[`m${at}`]);
  // What cancels may leave a hair below nought.
  return count < 2 ? null : Math.sqrt(Math.max(0, (squares - (sum * sum) / count) / (count - 1)));
}

function keyOf(value: unknown): CellKey {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function bytes(value: unknown): Uint8Array {
  return typeof value === 'string'
    ? Uint8Array.from(atob(value), (character) => character.charCodeAt(0))
    : new Uint8Array();
}

/** The name a column of the result has. */
export function columnNames(plan: QueryPlan): readonly string[] {
  return [...plan.groups.map(({ name }) => name), ...plan.measures.map(({ name }) => name)];
}

/** For messages: the plan's own SQL, as it would be read by a person. */
export function planSql(plan: QueryPlan): string {
  const items = [
    ...plan.groups.map(({ name, value }) => `${toSql(value)} AS ${quoteName(name)}`),
    ...plan.measures.map(({ name, kind, value }) => `${kind}(${value ? toSql(value) : '*'}) AS ${quoteName(name)}`),
  ];
  return `SELECT ${items.join(', ')} ${fromSql(plan)}`;
}
