/** Leaves from `start` up to, not including, `end`. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** A subtree whose leaves are all there: `2^level` of them, the `index`-th such counted from the left. */
export interface PerfectSubtree {
  readonly level: number;
  readonly index: number;
}

/**
 * Which subtrees stand beside the way from a leaf up to the root, lowest first (RFC 9162 2.1.3.1).
 *
 * @throws RangeError when there is no such leaf.
 */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    throw new RangeError(`There is no leaf ${index} in a tree of ${size}.`);
  }
  const ranges: LeafRange[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + largestPowerOfTwoBelow(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

/**
 * Which subtrees show that a tree of `to` leaves continues one of `from` (RFC 9162 2.1.4.1).
 *
 * @throws RangeError when `from` is not between 1 and `to`.
 */
export function consistencyRanges(from: number, to: number): readonly LeafRange[] {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 1 || from > to) {
    throw new RangeError(`A tree of ${to} leaves does not continue one of ${from}.`);
  }
  const ranges: LeafRange[] = [];
  let [start, end] = [0, to];
  // True while the old tree is the left edge of what is looked at: then its root is known and need not be sent.
  let known = true;
  while (from !== end) {
    const middle = start + largestPowerOfTwoBelow(end - start);
    if (from <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
      known = false;
    }
  }
  if (!known) ranges.push({ start, end });
  return ranges.reverse();
}

/** The perfect subtrees a range is made of, from the left: the largest that fits at each place. */
export function perfectSubtrees({ start, end }: LeafRange): readonly PerfectSubtree[] {
  const subtrees: PerfectSubtree[] = [];
  for (let at = start; at < end;) {
    let [level, width] = [0, 1];
    while (at % (width * 2) === 0 && at + width * 2 <= end) [level, width] = [level + 1, width * 2];
    subtrees.push({ level, index: at / width });
    at += width;
  }
  return subtrees;
}

/** The largest power of two that is less than `count`; 1 for anything up to two. */
export function largestPowerOfTwoBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}
