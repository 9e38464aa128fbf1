import { Decimal } from '@hetao/kernel';

/** What an hour is held against, and what came of it. Robust: a single odd week does not hide another. */
export interface AnomalyVerdict {
  readonly isAnomalous: boolean;
  readonly median: Decimal;
  /** Median of the distances from the median. */
  readonly deviation: Decimal;
  /** How many (scaled) deviations the hour lies away; null where there is nothing to measure by. */
  readonly score: Decimal | null;
  readonly reason: string;
}

/** Fewer earlier weeks say nothing. */
export const minWeeks = 4;
/** Iglewicz and Hoaglin (1993): 0.6745 times the distance over the deviation, odd above 3.5. */
const SCALE = Decimal.parse('0.6745');
export const oddFrom = Decimal.parse('3.5');
/** Where the weeks hardly differ, a hundredth of the median is taken: a change of 5 % is then the least that is odd. */
const LEAST_SHARE = Decimal.parse('0.01');
const DIGITS = 12;

/**
 * Judges one hour by the same hour of earlier weeks.
 *
 * @param earlier what was used in that hour of each earlier week; zero where there was nothing.
 */
export function judgeHour(value: Decimal, earlier: readonly Decimal[]): AnomalyVerdict {
  const median = medianOf(earlier);
  const deviation = medianOf(earlier.map((one) => distance(one, median)));
  if (earlier.length < minWeeks) {
    const reason = `Only ${earlier.length} earlier weeks are known; ${minWeeks} are needed.`;
    return { isAnomalous: false, median, deviation, score: null, reason };
  }
  const least = median.times(LEAST_SHARE);
  const unit = deviation.compare(least) > 0 ? deviation : least;
  const away = distance(value, median);
  if (unit.isZero()) {
    const isAnomalous = !away.isZero();
    const reason = isAnomalous
      ? 'There was usage in an hour that had none in most weeks.'
      : 'As in every week: nothing.';
    return { isAnomalous, median, deviation, score: null, reason };
  }
  const score = away.times(SCALE).dividedBy(unit, DIGITS, 'half_even');
  const isAnomalous = score.compare(oddFrom) > 0;
  const side = value.compare(median) < 0 ? 'below' : 'above';
  const shown = score.round(2, 'half_even').toString();
  const reason = `${shown} deviations ${side} the median of ${earlier.length} weeks; odd from ${oddFrom.toString()} on.`;
  return { isAnomalous, median, deviation, score, reason };
}

/** The middle one, or the mean of the two in the middle; of nothing, zero. */
export function medianOf(values: readonly Decimal[]): Decimal {
  const sorted = [...values].sort((a, b) => a.compare(b));
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (!low || !high) return Decimal.zero;
  return low.plus(high).dividedBy(Decimal.of(2), DIGITS, 'half_even');
}

function distance(a: Decimal, b: Decimal): Decimal {
  const difference = a.minus(b);
  return difference.isNegative() ? difference.negated() : difference;
}
