import type { PersonEstimate } from '@hetao/rules';

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
  /** Distinct persons over commitments and sketches together; null while nobody sent a sketch. */
  readonly estimate: PersonEstimate | null;
  /** Never less than there are: thresholds are judged on it. Exact where there are commitments alone. */
  readonly total: number;
  /** By how much the total may be too high. */
  readonly possibleDoubleCount: number;
}

/** What channels told of persons in one category. */
export interface Known {
  readonly exact: number;
  readonly declared: number;
  /** The sketches on their own, and together with the commitments. */
  readonly sketched: { readonly alone: PersonEstimate; readonly together: PersonEstimate } | null;
}

/** Adds what is exact, what is estimated and what was only declared, so that the total is never too low. */
export function personCount({ exact, declared, sketched }: Known): PersonCount {
  const withSketches =
    sketched === null ? exact : Math.max(exact, Math.min(exact + sketched.alone.upper, sketched.together.upper));
  const total = withSketches + declared;
  const least = Math.max(exact, declared, sketched?.together.lower ?? 0);
  return { exact, declared, estimate: sketched?.together ?? null, total, possibleDoubleCount: total - least };
}

/**
 * Whether a flow is counted towards the year. Flows exempt under CBDF 3 to 6 are not; those exempt for being few
 * (5(1)(4)) are, for they are what fills the count up to its threshold.
 */
export function countsTowardsYear(pathway: string, rule: string | null): boolean {
  if (pathway === 'EXEMPT') return rule === 'EX-05-4';
  return pathway !== 'NOT_AN_EXPORT';
}
