/** Fewer patients than this are not shown, in a cell, a bin or a part of a curve. */
export const SMALLEST_CELL = 10;
const BINS = 10;

/** Judged rows: the chance a model gave, and what was true (0 or 1). */
export interface Judged {
  readonly probabilities: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
}

/** Counts at a threshold; null where fewer than SMALLEST_CELL were, or where the rest would tell one that is hidden. */
export interface ConfusionMatrix {
  readonly truePositive: number | null;
  readonly falsePositive: number | null;
  readonly falseNegative: number | null;
  readonly trueNegative: number | null;
}

/** One bin of a calibration: how sure the model was, and how often it was so. */
export interface CalibrationBin {
  readonly meanProbability: number;
  readonly observedRate: number;
  readonly count: number;
}

/** Share of rows whose side of one half is right. */
export function accuracyOf({ probabilities, labels }: Judged): number {
  let right = 0;
  for (let row = 0; row < labels.length; row += 1)
    right += (probabilities[row] ?? 0) >= 0.5 === (labels[row] === 1) ? 1 : 0;
  return right / labels.length;
}

/**
 * Area under the ROC curve: the chance that a positive scores above a negative, ties half (Mann and Whitney).
 * @returns 0.5 when there is only one kind of row.
 */
export function aucOf({ probabilities, labels }: Judged): number {
  const order = Array.from({ length: labels.length }, (_, row) => row);
  order.sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0));
  let [positives, rankSum] = [0, 0];
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && score(order[end]) === score(order[start])) end += 1;
    const meanRank = (start + 1 + end) / 2;
    for (let at = start; at < end; at += 1) {
      if (labels[order[at] ?? -1] !== 1) continue;
      positives += 1;
      rankSum += meanRank;
    }
    start = end;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return 0.5;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);

  function score(row: number | undefined): number {
    return probabilities[row ?? -1] ?? 0;
  }
}

/** Counts at one half, fit to be shown: one small cell hides a second, since all together are known. */
export function confusionOf({ probabilities, labels }: Judged): ConfusionMatrix {
  const counts = [0, 0, 0, 0];
  for (let row = 0; row < labels.length; row += 1) {
    const cell = ((probabilities[row] ?? 0) >= 0.5 ? 0 : 2) + (labels[row] === 1 ? 0 : 1);
    counts[cell]! += 1;
  }
  const shown = hideSmall(counts);
  return {
    truePositive: shown[0] ?? null,
    falsePositive: shown[1] ?? null,
    falseNegative: shown[2] ?? null,
    trueNegative: shown[3] ?? null,
  };
}

/** Ten bins of equal width, neighbours joined until each holds SMALLEST_CELL rows; fewer rows than that give none. */
export function calibrationOf({ probabilities, labels }: Judged): readonly CalibrationBin[] {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, probability: 0, positives: 0 }));
  for (let row = 0; row < labels.length; row += 1) {
    const probability = probabilities[row] ?? 0;
    const bin = bins[Math.min(BINS - 1, Math.floor(probability * BINS))];
    if (bin === undefined) continue;
    bin.count += 1;
    bin.probability += probability;
    bin.positives += labels[row] ?? 0;
  }
  const joined: typeof bins = [];
  for (const bin of bins) {
    const last = joined.at(-1);
    if (last !== undefined && (last.count < SMALLEST_CELL || bin.count < SMALLEST_CELL)) {
      last.count += bin.count;
      last.probability += bin.probability;
      last.positives += bin.positives;
    } else joined.push({ ...bin });
  }
  return joined
    .filter(({ count }) => count >= SMALLEST_CELL)
    .map(({ count, probability, positives }) => ({
      meanProbability: probability / count,
      observedRate: positives / count,
      count,
    }));
}

function hideSmall(counts: readonly number[]): readonly (number | null)[] {
  const small = counts.filter((count) => count < SMALLEST_CELL).length;
  if (small === 0) return counts;
  const smallestShown = Math.min(...counts.filter((count) => count >= SMALLEST_CELL));
  let toHide = small === 1 ? 1 : 0;
  return counts.map((count) => {
    if (count < SMALLEST_CELL) return null;
    if (toHide > 0 && count === smallestShown) {
      toHide -= 1;
      return null;
    }
    return count;
  });
}
