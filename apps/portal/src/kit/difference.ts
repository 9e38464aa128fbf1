/** One place where two versions of an object differ. */
export interface Difference {
  /** Dotted path: `price.amount`. */
  readonly path: string;
  readonly mine: string;
  readonly theirs: string;
}

const textOf = (leaf: unknown): string => (typeof leaf === 'string' ? leaf : (JSON.stringify(leaf) ?? ''));

type Leaves = ReadonlyMap<string, string>;

function leavesOf(value: unknown, path = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, textOf(value)]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path === '' ? key : `${path}.${key}`));
}

/**
 * Where what I was about to save differs from what somebody saved meanwhile; only places that either of us has, in the
 * order of mine.
 */
export function differencesOf(mine: unknown, theirs: unknown): readonly Difference[] {
  const left: Leaves = new Map(leavesOf(mine));
  const right: Leaves = new Map(leavesOf(theirs));
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((path) => ({ path, mine: left.get(path) ?? '', theirs: right.get(path) ?? '' }))
    .filter((difference) => difference.mine !== difference.theirs);
}
