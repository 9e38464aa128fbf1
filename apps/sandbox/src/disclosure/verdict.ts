import type { MeasureKind } from '../query-gate/query-plan.js';
import { roundByContribution, roundCount, roundValue, type DisclosureRules } from './disclosure-rules.js';
import { sizeOf, unionOf, type CellEvidence, type CellKey, type MeasureEvidence, type PatientSet } from './evidence.js';
import { finding, suggestion, type Finding, type FindingCode, type Suggestion } from './findings.js';
import { secondarySuppression } from './suppression.js';

/** What a table is made of, as far as the rules ask. */
export interface TableShape {
  readonly groups: readonly string[];
  readonly measures: readonly { readonly name: string; readonly kind: MeasureKind; readonly quantile?: number }[];
}

/** A cell as it may be seen. */
export interface ShownCell {
  readonly keys: readonly CellKey[];
  /** Rounded values, null where withheld. */
  readonly values: readonly (number | null)[];
  readonly masked: boolean;
}

export interface Verdict {
  readonly outcome: 'pass' | 'review' | 'fail';
  readonly cells: readonly ShownCell[];
  readonly findings: readonly Finding[];
  readonly suggestions: readonly Suggestion[];
  /** Every patient set that the shown cells tell something of: what the ledger keeps. */
  readonly sets: readonly PatientSet[];
}

/**
 * Decides cell by cell what of a table may be seen, by patients and their contributions. What may not is withheld with
 * whatever else would give it away, and the verdict says why and what would pass.
 */
export function judgeTable(shape: TableShape, cells: readonly CellEvidence[], rules: DisclosureRules): Verdict {
  const refused = tableFindings(shape, cells, rules);
  if (refused.length > 0) return refusal(refused, [suggestion('coarsen', shape.groups[0] ?? '')]);
  const small = positions(cells, ({ patients }) => patients < rules.minPatients);
  const oneClass = soleInLine(cells, shape);
  const withheld = new Set([...small, ...oneClass]);
  const secondary = secondarySuppression(cells, withheld, (hidden) => {
    const together = sizeOf(unionOf(hidden.flatMap((at) => cells[at]?.set ?? [])));
    return together >= rules.minPatients;
  });
  const masked = new Set([...withheld, ...secondary]);
  const counted = new Map<FindingCode, number>([
    ['few_patients', small.size],
    ['one_class', oneClass.size],
    ['secondary', secondary.size],
    ['empty_cells', emptyCombinations(cells, shape)],
  ]);
  const tell = (code: FindingCode, by = 1): void => void counted.set(code, (counted.get(code) ?? 0) + by);
  const values = shape.measures.map((measure, column) => {
    const evidence = cells.map(({ measures, ...cell }) => ({ ...cell, of: measures[column] }));
    return shownValues(measure, evidence, { rules, masked, tell });
  });
  const shown = cells.map(({ keys }, at): ShownCell => ({
    keys,
    values: values.map((column) => column[at] ?? null),
    masked: masked.has(at),
  }));
  const visible = cells.filter((_, at) => !masked.has(at));
  if (visible.length === 0)
    return refusal([...findingsOf(counted, rules), finding('nothing_left', 0)], suggestFor(shape, cells, rules));
  const findings = findingsOf(counted, rules);
  return {
    outcome: findings.length === 0 ? 'pass' : 'review',
    cells: shown,
    findings,
    suggestions: findings.length === 0 ? [] : suggestFor(shape, cells, rules),
    sets: setsOf(visible),
  };
}

interface Showing {
  readonly rules: DisclosureRules;
  /** Cells of which nothing is shown, by position. */
  readonly masked: ReadonlySet<number>;
  /** Notes what values were withheld for. */
  readonly tell: (code: FindingCode, by?: number) => void;
}

/** One measure, and what it rests on in one cell. */
interface MeasuredCell extends Omit<CellEvidence, 'measures'> {
  readonly of: MeasureEvidence | undefined;
}

/** A measure down the cells as it may be seen: what is withheld of it takes others with it, lest the total tell. */
function shownValues(
  measure: TableShape['measures'][number],
  cells: readonly MeasuredCell[],
  { rules, masked, tell }: Showing,
): readonly (number | null)[] {
  const isCount = measure.kind === 'rows' || measure.kind === 'patients';
  const withheld = new Set(masked);
  if (!isCount) {
    cells.forEach(({ of }, at) => {
      if (masked.has(at) || typeof of?.value !== 'number') return;
      const against = valueFindings(measure, of, rules);
      against.forEach((code) => tell(code));
      if (against.length > 0) withheld.add(at);
    });
    const besides = measure.kind === 'quantile' ? new Set<number>() : withheldValues(cells, withheld, rules);
    tell('secondary', besides.size);
    besides.forEach((at) => withheld.add(at));
  }
  return cells.map(({ of }, at) => {
    if (withheld.has(at) || typeof of?.value !== 'number') return null;
    if (isCount) return roundCount(of.value, rules);
    return roundValue(rules.roundsByContribution ? coarsely(measure.kind, of, rules) : of.value, rules);
  });
}

/** A sum, or a mean of one: the mean's own step is that of the sum, shared by those who make it. */
function coarsely(kind: MeasureKind, { value, contributors, top }: MeasureEvidence, rules: DisclosureRules): number {
  const shares = kind === 'avg' ? Math.max(1, contributors) : 1;
  return roundByContribution((value ?? 0) * shares, top[0] ?? 0, rules) / shares;
}

/** Values to withhold besides, so that what is withheld may be told as one. Percentiles need none: they add up to nothing. */
function withheldValues(
  cells: readonly MeasuredCell[],
  withheld: ReadonlySet<number>,
  rules: DisclosureRules,
): ReadonlySet<number> {
  return secondarySuppression(cells, withheld, (hidden) => {
    const parts = hidden.flatMap((at) => cells[at] ?? []);
    const contributors = sizeOf(unionOf(parts.map(({ of, set }) => of?.set ?? set)));
    const together = { ...togetherOf(parts.flatMap(({ of }) => of ?? [])), contributors };
    return mayBeTold(together, rules);
  });
}

/** Whether a sum that nobody is shown may still follow from others: what a reviewer would only look at does no harm. */
export function mayBeTold(together: MeasureEvidence, rules: DisclosureRules): boolean {
  return valueFindings({ kind: 'sum' }, together, rules).every((code) => code === 'dominance_soft');
}

/** What several values come to as one. Who is in several is judged by the largest of her parts. */
export function togetherOf(parts: readonly MeasureEvidence[]): MeasureEvidence {
  const sum = (of: (part: MeasureEvidence) => number): number => parts.reduce((all, part) => all + of(part), 0);
  const top = parts
    .flatMap((part) => part.top)
    .toSorted((a, b) => b - a)
    .slice(0, 2);
  return {
    ...{ value: null, contributors: sum(({ contributors }) => contributors), total: sum(({ total }) => total) },
    ...{ top, set: null },
  };
}

/** What is against showing one value: who makes it, and how evenly. */
export function valueFindings(
  { kind, quantile = 0.5 }: { readonly kind: MeasureKind; readonly quantile?: number },
  { contributors, total, top }: MeasureEvidence,
  rules: DisclosureRules,
): readonly FindingCode[] {
  if (contributors < rules.minPatients) return ['few_patients'];
  if (kind === 'quantile') {
    return contributors * Math.min(quantile, 1 - quantile) < rules.minPatients ? ['quantile_tail'] : [];
  }
  if (kind === 'stddev' && contributors - 1 < rules.minDegreesOfFreedom) return ['few_degrees_of_freedom'];
  const [first = 0, second = 0] = top;
  if (total <= 0) return [];
  if ((first + second) / total > rules.topTwoHard) return ['dominance_top_two'];
  // The p % rule: whoever knows the second largest may work the largest out to within the remainder.
  if (first > 0 && (total - first - second) / first < rules.remainderHard) return ['dominance_remainder'];
  return first / total > rules.topOneSoft || (first + second) / total > rules.topTwoSoft ? ['dominance_soft'] : [];
}

function tableFindings(shape: TableShape, cells: readonly CellEvidence[], rules: DisclosureRules): readonly Finding[] {
  const patients = sizeOf(unionOf(cells.map(({ set }) => set)));
  const limit = Math.min(rules.maxLevels, Math.floor(patients * rules.levelsShare));
  const levels = shape.groups.map((_, column) => new Set(cells.map(({ keys }) => keys[column])).size);
  const most = Math.max(0, ...levels);
  if (most > Math.max(1, limit)) return [finding('too_many_levels', most, limit)];
  const numeric = shape.groups.findIndex((_, column) => cells.every(({ keys }) => typeof keys[column] === 'number'));
  const bins = numeric >= 0 && cells.length > 0 ? (levels[numeric] ?? 0) : 0;
  const mostBins = Math.floor(patients * rules.binsShare);
  return bins > Math.max(1, mostBins) ? [finding('too_many_bins', bins, mostBins)] : [];
}

/** Cells that hold every patient of their line: that line tells each of its patients' class. */
function soleInLine(cells: readonly CellEvidence[], shape: TableShape): ReadonlySet<number> {
  const sole = new Set<number>();
  if (shape.groups.length < 2) return sole;
  shape.groups.forEach((_, free) => {
    if (new Set(cells.map(({ keys }) => keys[free])).size < 2) return;
    const lines = Map.groupBy(cells.keys(), (at) =>
      JSON.stringify(cells[at]?.keys.filter((_key, column) => column !== free)),
    );
    for (const [only, ...others] of lines.values()) if (only !== undefined && others.length === 0) sole.add(only);
  });
  return sole;
}

function emptyCombinations(cells: readonly CellEvidence[], { groups }: TableShape): number {
  if (groups.length < 2) return 0;
  const levels = groups.map((_, column) => new Set(cells.map(({ keys }) => keys[column])).size);
  return levels.reduce((product, count) => product * count, 1) - cells.length;
}

function findingsOf(counted: ReadonlyMap<FindingCode, number>, rules: DisclosureRules): readonly Finding[] {
  const percent = (share: number): number => Math.round(share * 100);
  const limits: Partial<Record<FindingCode, number>> = {
    few_patients: rules.minPatients,
    quantile_tail: rules.minPatients,
    few_degrees_of_freedom: rules.minDegreesOfFreedom,
    dominance_top_two: percent(rules.topTwoHard),
    dominance_remainder: percent(rules.remainderHard),
  };
  return [...counted].filter(([, count]) => count > 0).map(([code, count]) => finding(code, count, limits[code] ?? 0));
}

function refusal(findings: readonly Finding[], suggestions: readonly Suggestion[]): Verdict {
  return { outcome: 'fail', cells: [], findings, suggestions, sets: [] };
}

/** What would pass: the first column without which every cell has patients enough. */
function suggestFor(shape: TableShape, cells: readonly CellEvidence[], rules: DisclosureRules): readonly Suggestion[] {
  const dropped = shape.groups.findIndex((_, column) => {
    const merged = Map.groupBy(cells, ({ keys }) => JSON.stringify(keys.filter((_key, at) => at !== column)));
    return [...merged.values()].every((parts) => sizeOf(unionOf(parts.map(({ set }) => set))) >= rules.minPatients);
  });
  if (dropped >= 0) return [suggestion('drop_group', shape.groups[dropped])];
  const summed = shape.measures.some(({ kind }) => kind === 'sum' || kind === 'avg');
  return [suggestion('widen_filter'), ...(summed ? [suggestion('other_measure')] : [])];
}

/** Each shown cell, each set of contributors that is another, and all shown together: the total may be asked next. */
function setsOf(visible: readonly CellEvidence[]): readonly PatientSet[] {
  const contributors = visible.flatMap(({ measures }) => measures.flatMap(({ set }) => (set === null ? [] : [set])));
  const union = visible.length > 1 ? [unionOf(visible.map(({ set }) => set))] : [];
  return [...visible.map(({ set }) => set), ...contributors, ...union];
}

function positions<T>(items: readonly T[], test: (item: T) => boolean): ReadonlySet<number> {
  return new Set(items.flatMap((item, at) => (test(item) ? [at] : [])));
}
