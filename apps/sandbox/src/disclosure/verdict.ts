import type { MeasureKind } from '../query-gate/query-plan.js';
import { roundCount, roundValue, type DisclosureRules } from './disclosure-rules.js';
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
  const secondary = secondarySuppression(cells, withheld);
  const masked = new Set([...withheld, ...secondary]);
  const counted = new Map<FindingCode, number>([
    ['few_patients', small.size],
    ['one_class', oneClass.size],
    ['secondary', secondary.size],
    ['empty_cells', emptyCombinations(cells, shape)],
  ]);
  const tell = (code: FindingCode): void => void counted.set(code, (counted.get(code) ?? 0) + 1);
  const shown = cells.map((cell, at) => showCell(cell, shape, { rules, masked: masked.has(at), tell }));
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
  readonly masked: boolean;
  /** Notes what a value was withheld for. */
  readonly tell: (code: FindingCode) => void;
}

function showCell(cell: CellEvidence, { measures }: TableShape, { rules, masked, tell }: Showing): ShownCell {
  if (masked) return { keys: cell.keys, values: measures.map(() => null), masked };
  const values = measures.map((measure, at): number | null => {
    const evidence = cell.measures[at];
    if (evidence?.value === undefined || evidence.value === null) return null;
    if (measure.kind === 'rows' || measure.kind === 'patients') return roundCount(evidence.value, rules);
    const against = valueFindings(measure, evidence, rules);
    against.forEach(tell);
    return against.length > 0 ? null : roundValue(evidence.value, rules);
  });
  return { keys: cell.keys, values, masked };
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
