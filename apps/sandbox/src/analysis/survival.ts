import { roundCount, roundValue, type DisclosureRules } from '../disclosure/disclosure-rules.js';
import { unionOf, type CellKey } from '../disclosure/evidence.js';
import { finding, type FindingCode } from '../disclosure/findings.js';
import { quoteName as name } from '../query-gate/query-plan.js';
import type { SurvivalWish } from './analysis.js';
import {
  findingsFrom,
  membersSql,
  numberFrom,
  numberSql,
  refused,
  setFrom,
  type AnalysisOutcome,
  type AnalysisRun,
} from './analysis-outcome.js';
import { kaplanMeier, type SurvivalCurve } from './statistics.js';
import { withheldBesides } from './withheld-groups.js';

const COLUMNS = ['group', 'time', 'at_risk', 'events', 'survival'];
/** Beyond it the engine would leave steps out, and the curve would be another. */
const MAX_STEPS = 50_000;

type Rows = readonly Readonly<Record<string, unknown>>[];

/** Kaplan–Meier by group. A group of which nothing may be shown takes another with it, lest the total tell of it. */
export async function survival(wish: SurvivalWish, { sql, rules, patients }: AnalysisRun): Promise<AnalysisOutcome> {
  const from = perPatientSql(wish);
  const groups = await sql(`SELECT g, count(*) AS n, ${membersSql(patients)} FROM ${from} GROUP BY g ORDER BY g`);
  const sizes = groups.map(({ n }) => numberFrom(n));
  const limit = levelLimit(sizes, rules);
  if (groups.length > limit) return refused([finding('too_many_levels', groups.length, limit)]);
  const steps = await sql(
    `SELECT g, t, count(*) AS gone, count(*) FILTER (WHERE e) AS events FROM ${from} GROUP BY 1, 2 ORDER BY 1, 2 LIMIT ${MAX_STEPS + 1}`,
  );
  if (steps.length > MAX_STEPS) return refused([finding('too_many_levels', steps.length, MAX_STEPS)]);
  const curves = groups.map(({ g }) => curveOf(steps, g, rules));
  const bare = new Set(curves.flatMap((curve, at) => (curve.steps.length === 0 ? [at] : [])));
  const besides = withheldBesides(sizes, bare, rules);
  const shown = [...groups.keys()].filter((at) => !bare.has(at) && !besides.has(at));
  const findings = findingsFrom(counted(curves, { bare, besides, shown }, rules), rules);
  if (shown.length === 0) return refused(findings.length > 0 ? findings : [finding('nothing_left', 0)]);
  const sets = shown.map((at) => setFrom(groups[at]?.['members']));
  return {
    outcome: findings.length > 0 ? 'review' : 'pass',
    columns: COLUMNS,
    rows: shown.flatMap((at) =>
      rowsOf(keyOf(groups[at]?.['g']), { curve: curves[at], patients: sizes[at] ?? 0 }, rules),
    ),
    findings,
    suggestions: [],
    // The total may be asked next: all that are shown together are told of, too.
    sets: sets.length > 1 ? [...sets, unionOf(sets)] : sets,
  };
}

/** One row a patient, SQL: the first time, whether the event came, and one group even where rows disagree. */
function perPatientSql({ table, time, event, by }: SurvivalWish): string {
  const group = by === null ? `'all'` : `min(CAST(${name(by)} AS VARCHAR))`;
  return `(SELECT "__patient" AS p, ${group} AS g, min(${numberSql(time)}) AS t,
    coalesce(bool_or(TRY_CAST(${name(event)} AS BOOLEAN)), false) AS e
    FROM ${name(table)} WHERE isfinite(${numberSql(time)}) GROUP BY "__patient")`;
}

/** Levels of a factor, by its patients; one group is always allowed. */
function levelLimit(sizes: readonly number[], rules: DisclosureRules): number {
  const all = sizes.reduce((sum, n) => sum + n, 0);
  return Math.max(1, Math.min(rules.maxLevels, Math.floor(all * rules.levelsShare)));
}

function curveOf(steps: Rows, group: unknown, { minPatients }: DisclosureRules): SurvivalCurve {
  const ofGroup = steps.filter(({ g }) => g === group);
  return kaplanMeier(
    ofGroup.map(({ t, gone, events }) => ({
      time: numberFrom(t),
      gone: numberFrom(gone),
      events: numberFrom(events),
    })),
    minPatients,
  );
}

interface Withheld {
  readonly bare: ReadonlySet<number>;
  readonly besides: ReadonlySet<number>;
  readonly shown: readonly number[];
}

/** Steps are counted of shown groups only, and to the base: in a small group each step is a patient. */
function counted(
  curves: readonly SurvivalCurve[],
  { bare, besides, shown }: Withheld,
  rules: DisclosureRules,
): ReadonlyMap<FindingCode, number> {
  const joined = shown.reduce((sum, at) => sum + (curves[at]?.joined ?? 0), 0);
  return new Map<FindingCode, number>([
    ['few_patients', bare.size],
    ['secondary', besides.size],
    ['few_events', joined === 0 ? 0 : Math.max(rules.roundingBase, roundCount(joined, rules))],
  ]);
}

interface GroupCurve {
  readonly curve: SurvivalCurve | undefined;
  readonly patients: number;
}

/**
 * The steps as they may be seen. The share is that of the group's expected survivors, rounded like every count: to four
 * digits it would tell each step's events to the patient, however they are rounded beside it.
 */
function rowsOf(key: CellKey, { curve, patients }: GroupCurve, rules: DisclosureRules): readonly CellKey[][] {
  const all = roundCount(patients, rules);
  return (curve?.steps ?? []).map(({ time, atRisk, events, share }) => {
    const surviving = roundValue(roundCount(share * patients, rules) / all, rules);
    return [key, roundValue(time, rules), roundCount(atRisk, rules), roundCount(events, rules), surviving];
  });
}

function keyOf(value: unknown): CellKey {
  return typeof value === 'string' ? value : null;
}
