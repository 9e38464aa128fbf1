/** The law counts persons of non-sensitive and of sensitive data apart. */
export const personCategories = ['general', 'sensitive'] as const;
export type PersonCategory = (typeof personCategories)[number];

/** Commitments to persons, by category: 64 hexadecimal digits each, no names. */
export type Commitments = Readonly<Record<PersonCategory, readonly string[]>>;

/** What is known of one category in one year. */
export interface PersonCount {
  /** Distinct persons, each counted once over all channels that gave commitments. */
  readonly exact: number;
  /** Persons other channels declared as bare numbers: they may be the same people, so the total is an upper bound. */
  readonly declared: number;
  readonly total: number;
  /** By how much the total may be too high; never too low. */
  readonly possibleDoubleCount: number;
}

/** Adds what is exact and what was only declared. */
export function personCount(exact: number, declared: number): PersonCount {
  return { exact, declared, total: exact + declared, possibleDoubleCount: Math.min(exact, declared) };
}

/**
 * Whether a flow is counted towards the year. Flows exempt under CBDF 3 to 6 are not; those exempt for being few
 * (5(1)(4)) are, for they are what fills the count up to its threshold.
 */
export function countsTowardsYear(pathway: string, rule: string | null): boolean {
  if (pathway === 'EXEMPT') return rule === 'EX-05-4';
  return pathway !== 'NOT_AN_EXPORT';
}
