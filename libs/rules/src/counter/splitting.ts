import type { LocalizedText } from '@hetao/kernel';
import type { CalendarDate } from '../calendar/date.js';
import { dayNumber } from '../calendar/date.js';

/** A declaration as far as the count of persons goes. */
export interface DeclaredPart {
  readonly declarationId: string;
  readonly exporterId: string;
  readonly recipientId: string;
  readonly purpose: string;
  readonly productId: string | null;
  readonly fields: readonly string[];
  /** Day on which it was declared. */
  readonly on: CalendarDate;
  /** Distinct persons it plans to send in the year. */
  readonly persons: number;
}

/** What transfers that may be one cut into several have in common. Data, so that officers can change it. */
export interface SplittingRule {
  readonly id: string;
  readonly text: LocalizedText;
  /** One exporter, or several who are known to be related (then at least two of them take part). */
  readonly exporters: 'same' | 'related';
  readonly same: readonly ('recipient' | 'purpose' | 'product' | 'fields')[];
  /** For `fields`: how many of the shorter list both must have, in percent. */
  readonly fieldsInCommonPercent: number;
  /** First and last part at most so many days apart. */
  readonly withinDays: number;
  readonly leastParts: number;
  /** Each part is below the threshold, and at least so many percent of it: 80 is "just under". */
  readonly leastPercent: number;
}

/** A suspicion with its evidence. It is for a person to judge: it may be honest projects. */
export interface SplittingSuspicion {
  readonly rule: string;
  readonly threshold: number;
  /** Sum over the parts, the largest of each product: an upper bound, for somebody may be in several. */
  readonly persons: number;
  readonly from: CalendarDate;
  readonly until: CalendarDate;
  readonly fieldsInCommon: readonly string[];
  readonly parts: readonly DeclaredPart[];
}

/** At which numbers of distinct persons a year the mechanism changes (CBDF 7 and 8). */
export const volumeThresholds = { general: [100_000, 1_000_000], sensitive: [10_000] } as const;

/** More parts than this of one exporter are looked at by their newest. */
const MAX_PARTS = 500;

/**
 * Looks for one transfer cut into several to stay below a threshold (forbidden, SCM 4): parts that are each below it
 * and reach it together, as a rule describes them.
 *
 * @param groupOf who belongs together: the id of a group of related exporters, or null for one on his own.
 * @returns for each rule and set of parts the highest threshold they reach together.
 */
export function findSplitting(
  parts: readonly DeclaredPart[],
  rules: readonly SplittingRule[],
  thresholds: readonly number[],
  groupOf: (exporterId: string) => string | null = () => null,
): readonly SplittingSuspicion[] {
  const newest = [...parts].sort((a, b) => (a.on < b.on ? -1 : 1)).slice(-MAX_PARTS);
  return rules.flatMap((rule) =>
    groupsOf(newest, rule, groupOf)
      .flatMap((group) => cluster(group, rule))
      .flatMap((group) => {
        const found = thresholds.flatMap((threshold) => widest(group, rule, threshold) ?? []);
        return found.slice(-1);
      }),
  );
}

function groupsOf(parts: readonly DeclaredPart[], rule: SplittingRule, groupOf: (id: string) => string | null) {
  const groups = Map.groupBy(parts, (part) => {
    const related = rule.exporters === 'related' ? groupOf(part.exporterId) : part.exporterId;
    if (related === null || (rule.same.includes('product') && part.productId === null)) return '';
    const keys = { recipient: part.recipientId, purpose: part.purpose, product: part.productId ?? '', fields: '' };
    return JSON.stringify([related, ...rule.same.map((what) => keys[what])]);
  });
  return [...groups].flatMap(([key, group]) => (key === '' ? [] : [group]));
}

/** Parts that are linked by enough fields in common, directly or over others. */
function cluster(parts: readonly DeclaredPart[], rule: SplittingRule): readonly (readonly DeclaredPart[])[] {
  if (!rule.same.includes('fields')) return [parts];
  const sets = parts.map(({ fields }) => new Set(fields));
  const alike = (a: Set<string>, b: Set<string>): boolean =>
    shared(a, b).size * 100 >= Math.min(a.size, b.size) * rule.fieldsInCommonPercent;
  const clusters: number[][] = [];
  parts.forEach((_, at) => {
    const own = sets[at] ?? new Set<string>();
    const linked = clusters.filter((members) => members.some((member) => alike(sets[member] ?? new Set(), own)));
    for (const members of linked) clusters.splice(clusters.indexOf(members), 1);
    clusters.push([...linked.flat(), at]);
  });
  return clusters.map((members) => members.sort((a, b) => a - b).flatMap((member) => parts[member] ?? []));
}

function shared(a: Set<string>, b: Set<string>): Set<string> {
  return new Set([...a].filter((field) => b.has(field)));
}

/** Parts by what the persons come from: those of one product are the same people, sent to several. */
function sourcesOf(
  parts: readonly DeclaredPart[],
  { same }: SplittingRule,
): ReadonlyMap<string, readonly DeclaredPart[]> {
  return Map.groupBy(parts, ({ productId, declarationId }) =>
    same.includes('product') ? declarationId : (productId ?? declarationId),
  );
}

/** Upper bound of the distinct persons: who is sent of one product is counted for real once it is delivered. */
function personsIn(parts: readonly DeclaredPart[], rule: SplittingRule): number {
  return [...sourcesOf(parts, rule).values()]
    .map((group) => Math.max(...group.map(({ persons }) => persons)))
    .reduce((sum, persons) => sum + persons, 0);
}

/** Among the spans of days a rule allows, the one with most persons, when they reach the threshold. */
function widest(group: readonly DeclaredPart[], rule: SplittingRule, threshold: number): SplittingSuspicion | null {
  const below = group.filter(
    ({ persons }) => persons > 0 && persons < threshold && persons * 100 >= threshold * rule.leastPercent,
  );
  let best: readonly DeclaredPart[] = [];
  let [start, most] = [0, 0];
  below.forEach((part, end) => {
    while (dayNumber(part.on) - dayNumber(below[start]?.on ?? part.on) > rule.withinDays) start += 1;
    const span = below.slice(start, end + 1);
    const persons = personsIn(span, rule);
    if (persons <= most) return;
    [most, best] = [persons, span];
  });
  const exporters = new Set(best.map(({ exporterId }) => exporterId)).size;
  if (
    most < threshold ||
    sourcesOf(best, rule).size < rule.leastParts ||
    (rule.exporters === 'related' && exporters < 2)
  )
    return null;
  const common = best.map(({ fields }) => new Set(fields)).reduce(shared);
  return {
    rule: rule.id,
    threshold,
    persons: most,
    from: best[0]?.on ?? '',
    until: best.at(-1)?.on ?? '',
    fieldsInCommon: [...common].sort(),
    parts: best,
  };
}
