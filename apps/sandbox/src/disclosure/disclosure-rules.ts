/**
 * Thresholds of disclosure control. The unit is the patient, never the row. Sources: ACRO 1.0.1 (10, n-k 2 and 90 %,
 * p % 10, base 5), ABS DataLab (50 % and 67 %), DataSHIELD dsBase (levels 40 and 0.33), US Census DRB (4 digits).
 */
export interface DisclosureRules {
  /** Fewest patients in a cell; a custodian may raise it, and lower it to 5. */
  readonly minPatients: number;
  readonly roundingBase: number;
  /** Two largest contributions, of the total: above it the value is withheld. */
  readonly topTwoHard: number;
  /** What all others contribute, of the largest: below it the value is withheld. */
  readonly remainderHard: number;
  readonly topOneSoft: number;
  readonly topTwoSoft: number;
  readonly minDegreesOfFreedom: number;
  /** Parameters of a model, of its patients. */
  readonly parametersShare: number;
  readonly maxLevels: number;
  readonly levelsShare: number;
  /** Bins of a histogram, of its patients. */
  readonly binsShare: number;
  readonly significantDigits: number;
  readonly queriesPerDay: number;
  /** Sums and means are rounded by what one patient may add, as counts are: for values that code has made up. */
  readonly roundsByContribution: boolean;
  /** A patient set that differs from an earlier one by fewer than this, and by more than none, is refused. */
  readonly minDifference: number;
}

export const defaultRules: DisclosureRules = {
  minPatients: 10,
  roundingBase: 5,
  topTwoHard: 0.9,
  remainderHard: 0.1,
  topOneSoft: 0.5,
  topTwoSoft: 0.67,
  minDegreesOfFreedom: 10,
  parametersShare: 0.33,
  maxLevels: 40,
  levelsShare: 0.33,
  binsShare: 0.1,
  significantDigits: 4,
  queriesPerDay: 100,
  roundsByContribution: false,
  minDifference: 10,
};

/** No custodian may go below this. */
export const LOWEST_MIN_PATIENTS = 5;

/** The rules of a dataset whose custodian set a threshold; a lower one than allowed counts as the lowest. */
export function rulesWith(minPatients: number): DisclosureRules {
  const safe = Math.max(LOWEST_MIN_PATIENTS, Math.trunc(minPatients));
  return { ...defaultRules, minPatients: safe, minDifference: safe };
}

/** A count as it may be shown: to the nearest multiple of the base. */
export function roundCount(count: number, { roundingBase }: DisclosureRules): number {
  return Math.round(count / roundingBase) * roundingBase;
}

/** A value as it may be shown: so many significant digits. */
export function roundValue(value: number, { significantDigits }: DisclosureRules): number {
  return Number.isFinite(value) ? Number(value.toPrecision(significantDigits)) : 0;
}

/**
 * A sum as it may be shown where its parts are of somebody's own making: a patient who adds at most `largest` moves it by no
 * more than a count that is rounded to the base is moved by one. The step is a round number, lest it tell the largest part.
 */
export function roundByContribution(value: number, largest: number, { roundingBase }: DisclosureRules): number {
  if (largest <= 0) return 0;
  const magnitude = 10 ** Math.floor(Math.log10(largest));
  const round = [1, 2, 5, 10].find((digit) => digit * magnitude >= largest * (1 - 1e-12)) ?? 10;
  const step = round * magnitude * roundingBase;
  return Math.round(value / step) * step;
}
