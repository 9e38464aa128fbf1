/** A declaration as far as the count of persons goes. */
export interface CountedDeclaration {
  readonly id: string;
  readonly recipientId: string;
  readonly purpose: string;
  /** Distinct persons it plans to send in the year. */
  readonly persons: number;
}

export interface SplittingSuspicion {
  readonly reason: 'same_recipient' | 'same_purpose';
  readonly value: string;
  readonly threshold: number;
  readonly persons: number;
  readonly declarationIds: readonly string[];
}

/** At which numbers of distinct persons a year the mechanism changes (CBDF 7 and 8). */
export const volumeThresholds = { general: [100_000, 1_000_000], sensitive: [10_000] } as const;

/**
 * Looks for one transfer cut into several: declarations of one exporter and year to one recipient, or for one purpose,
 * each below a threshold that they reach together (forbidden, SCM 4). A suspicion is for a person to judge: it may be
 * two honest projects. Persons in several declarations are counted in each, so the sum is an upper bound.
 */
export function findSplitting(
  declarations: readonly CountedDeclaration[],
  thresholds: readonly number[],
): readonly SplittingSuspicion[] {
  const groups = [
    ...groupBy(declarations, 'same_recipient', ({ recipientId }) => recipientId),
    ...groupBy(declarations, 'same_purpose', ({ purpose }) => purpose),
  ];
  return groups.flatMap(({ reason, value, members }) => {
    const persons = members.reduce((sum, { persons: some }) => sum + some, 0);
    const largest = Math.max(...members.map(({ persons: some }) => some));
    const crossed = thresholds.filter((threshold) => largest < threshold && persons >= threshold);
    const threshold = crossed.at(-1);
    if (threshold === undefined) return [];
    return [{ reason, value, threshold, persons, declarationIds: members.map(({ id }) => id).sort() }];
  });
}

function groupBy(
  declarations: readonly CountedDeclaration[],
  reason: SplittingSuspicion['reason'],
  keyOf: (declaration: CountedDeclaration) => string,
) {
  const groups = new Map<string, CountedDeclaration[]>();
  for (const declaration of declarations) {
    const key = keyOf(declaration);
    groups.set(key, [...(groups.get(key) ?? []), declaration]);
  }
  return [...groups].map(([value, members]) => ({ reason, value, members }));
}
