/** What a search for subsets with a given sum found. */
export interface SubsetSearch {
  /** Indexes of the parts, in ascending order; at most two subsets, since a second one already means ambiguous. */
  readonly found: readonly (readonly number[])[];
  /** False when the search was given up: then `found` proves nothing. */
  readonly complete: boolean;
}

export interface SubsetBounds {
  /** Most parts looked at: with more, nothing is tried. */
  readonly maxParts: number;
  /** Most parts in a subset. */
  readonly maxSize: number;
  /** Most steps of the search. */
  readonly maxSteps: number;
}

/**
 * Finds which of some amounts add up to a sum, up to the second such subset. Bounded in every direction: the problem is
 * NP-complete, and a guess is worth nothing here.
 *
 * @param amounts minor units, above zero.
 */
export function subsetsWithSum(amounts: readonly bigint[], sum: bigint, bounds: SubsetBounds): SubsetSearch {
  if (amounts.length > bounds.maxParts) return { found: [], complete: false };
  const order = amounts.map((amount, index) => ({ amount, index })).sort((a, b) => compare(b.amount, a.amount));
  const rest = suffixSums(order.map(({ amount }) => amount));
  const found: number[][] = [];
  let steps = 0;
  const search = (at: number, missing: bigint, taken: readonly number[]): boolean => {
    if (missing === 0n) {
      found.push([...taken].sort((a, b) => a - b));
      return found.length < 2;
    }
    steps += 1;
    if (steps > bounds.maxSteps) return false;
    const next = order[at];
    if (next === undefined || taken.length === bounds.maxSize || (rest[at] ?? 0n) < missing) return true;
    if (next.amount <= missing && !search(at + 1, missing - next.amount, [...taken, next.index])) return false;
    return search(at + 1, missing, taken);
  };
  if (sum > 0n) search(0, sum, []);
  return { found, complete: steps <= bounds.maxSteps };
}

/** What all parts from an index on add up to: when that is too little, nothing after it helps. */
function suffixSums(amounts: readonly bigint[]): readonly bigint[] {
  const sums = [...amounts];
  for (let at = sums.length - 2; at >= 0; at -= 1) sums[at] = (sums[at] ?? 0n) + (sums[at + 1] ?? 0n);
  return sums;
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
