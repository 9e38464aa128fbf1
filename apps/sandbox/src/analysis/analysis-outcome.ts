import type { DisclosureRules } from '../disclosure/disclosure-rules.js';
import type { CellKey, MeasureEvidence, PatientSet } from '../disclosure/evidence.js';
import { patientSetSql } from '../disclosure/evidence-sql.js';
import { finding, suggestion, type Finding, type FindingCode, type Suggestion } from '../disclosure/findings.js';
import { quoteName as name } from '../query-gate/query-plan.js';

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

/** Where an analysis asks, and by which rules it answers. */
export interface AnalysisRun {
  readonly sql: RunSql;
  readonly rules: DisclosureRules;
  /** How many patients the enclave has numbers for. */
  readonly patients: number;
}

/** Nothing is shown, and why. */
export function refused(findings: readonly Finding[]): AnalysisOutcome {
  return { outcome: 'fail', columns: [], rows: [], findings, suggestions: [suggestion('widen_filter')], sets: [] };
}

/**
 * A column as a number, SQL. What is none counts as not there: the engine's own complaint would name the value, and it is
 * the reason a failed job gives.
 */
export function numberSql(column: string): string {
  return `TRY_CAST(${name(column)} AS DOUBLE)`;
}

/** One row a patient, SQL: `p`, and the mean of each column as `x0`, `x1`, … over rows that have them all. */
export function perPatientSql(table: string, columns: readonly string[]): string {
  const means = columns.map((column, at) => `avg(${numberSql(column)}) AS x${at}`);
  const complete = columns.map((column) => `isfinite(${numberSql(column)})`).join(' AND ');
  return `(SELECT "__patient" AS p, ${means.join(', ')} FROM ${name(table)} WHERE ${complete} GROUP BY 1)`;
}

/** The patients of a group as a set, SQL. */
export function membersSql(patients: number): string {
  return `${patientSetSql(patients)} AS members`;
}

export function setFrom(value: unknown): PatientSet {
  return typeof value === 'string'
    ? Uint8Array.from(atob(value), (character) => character.charCodeAt(0))
    : new Uint8Array();
}

export function numberFrom(value: unknown): number {
  return Number(value ?? 0);
}

/** Who makes a sum or a mean, as `a<name>` (absolute total) and `t<name>` (the largest two) say. */
export function evidenceFrom(
  row: Readonly<Record<string, unknown>>,
  name: string | number,
  contributors: number,
): MeasureEvidence {
  const top = row[`t${name}`];
  return {
    ...{ value: null, contributors, total: numberFrom(row[`a${name}`]), set: null },
    top: Array.isArray(top) ? top.map(numberFrom) : [],
  };
}

/** Counted findings with the limits they were made by. */
export function findingsFrom(counted: ReadonlyMap<FindingCode, number>, rules: DisclosureRules): readonly Finding[] {
  const percent = (share: number): number => Math.round(share * 100);
  const limits: Partial<Record<FindingCode, number>> = {
    few_patients: rules.minPatients,
    few_events: rules.minPatients,
    dominance_top_two: percent(rules.topTwoHard),
    dominance_remainder: percent(rules.remainderHard),
  };
  return [...counted].filter(([, count]) => count > 0).map(([code, count]) => finding(code, count, limits[code] ?? 0));
}
