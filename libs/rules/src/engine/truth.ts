/** Kleene's strong three-valued logic: `unknown` may still turn out either way, and is never taken for `false`. */
export type Truth = 'false' | 'unknown' | 'true';

/** The same as small numbers, in the order of Kleene's lattice, so that "and" is the minimum and "or" the maximum. */
export const FALSE = 0;
export const UNKNOWN = 1;
export const TRUE = 2;

/** A truth value as a number: {@link FALSE}, {@link UNKNOWN} or {@link TRUE}. */
export type TruthLevel = typeof FALSE | typeof UNKNOWN | typeof TRUE;

const NAMES: readonly Truth[] = ['false', 'unknown', 'true'];

/** The word for a level. */
export function truthOf(level: TruthLevel): Truth {
  return NAMES[level] ?? 'unknown';
}

/** True only when both are; false as soon as one is. */
export function and(a: TruthLevel, b: TruthLevel): TruthLevel {
  return a < b ? a : b;
}

/** True as soon as one is; false only when both are. */
export function or(a: TruthLevel, b: TruthLevel): TruthLevel {
  return a > b ? a : b;
}
