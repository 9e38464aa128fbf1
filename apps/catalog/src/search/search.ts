import { facetNames, facetValues, type FacetName } from './facets.js';
import type { Bitmap } from './bitmap.js';
import { NO_PRICE, type IndexColumns } from './index-columns.js';

/** `newest`: begun last; `listed`: listed last; `standing`: most that can be checked before asking. */
export const sorts = ['relevance', 'newest', 'listed', 'price', '-price', 'standing'] as const;
export type Sort = (typeof sorts)[number];

/** What must hold beside the words. Masks are of `facetValues`; a facet that is not there narrows nothing. */
export interface Narrowing {
  readonly facets: ReadonlyMap<FacetName, number>;
  readonly status: string | undefined;
  readonly merchantId: string | undefined;
  readonly availableOnly: boolean;
}

/** Whose question it is, as far as the index cares. */
export interface Asker {
  readonly seesEverything: boolean;
  readonly organisationId: string;
  /** Bit of his jurisdiction; 0 when it is not known. */
  readonly place: number;
  /** What he has a right to use already. */
  readonly entitled: Bitmap;
}

/** Documents that have the words, and for each clause those that have it in a name. */
export interface Matches {
  /** undefined: no words were asked for. */
  readonly found: Bitmap | undefined;
  /** How well each document says it: clauses it has, and in its names. */
  readonly rank: (ordinal: number) => number;
}

/** Where a document stands in an order, highest first. The ordinal makes it the only one at its place. */
export type Place = readonly [first: number, second: number, ordinal: number];

/** The place a cursor names; undefined for the first page. */
export function placeIn(key: readonly (string | number)[] | undefined): Place | undefined {
  if (key === undefined) return undefined;
  const [first, second, ordinal] = key.map(Number);
  return [first ?? 0, second ?? 0, ordinal ?? 0];
}

export interface SearchResult {
  /** Ordinals with their places, best first. */
  readonly hits: readonly { readonly ordinal: number; readonly place: Place }[];
  readonly total: number;
  readonly counts: Readonly<Record<FacetName, readonly number[]>>;
  readonly available: number;
}

/**
 * Counts and orders what was found, in one pass. A facet's counts tell what choosing a value would give, so the choice
 * already made in that very facet does not narrow them.
 *
 * @param after the place of the last hit of the page before.
 * @param limit hits that are wanted.
 */
export function search(
  columns: IndexColumns,
  matches: Matches,
  ask: { narrowing: Narrowing; asker: Asker; sort: Sort; after: Place | undefined; limit: number },
): SearchResult {
  const { narrowing, asker } = ask;
  const counting = new Counting(columns, narrowing.facets);
  const best = new Best(ask.limit, ask.after);
  const placeOf = placing(columns, ask.sort, matches.rank);
  let total = 0;
  let available = 0;
  const visit = (ordinal: number): void => {
    if (!isShown(columns, ordinal, narrowing, asker)) return;
    const isAvailable = isAvailableTo(columns, ordinal, asker);
    const misses = counting.misses(ordinal);
    if (misses === MISSES_NONE && isAvailable) available += 1;
    if (narrowing.availableOnly && !isAvailable) return;
    counting.count(ordinal, misses);
    if (misses !== MISSES_NONE) return;
    total += 1;
    best.offer(placeOf(ordinal));
  };
  if (matches.found !== undefined) matches.found.forEach(visit);
  else for (let ordinal = 0; ordinal < columns.size; ordinal += 1) visit(ordinal);
  return {
    hits: best.inOrder().map((place) => ({ ordinal: place[2], place })),
    total,
    available,
    counts: counting.counts(),
  };
}

function isShown(columns: IndexColumns, ordinal: number, narrowing: Narrowing, asker: Asker): boolean {
  if ((columns.productIds[ordinal] ?? '') === '') return false;
  const merchantId = columns.merchantIds[ordinal];
  if (!asker.seesEverything && columns.isPublic[ordinal] !== 1 && merchantId !== asker.organisationId) return false;
  if (narrowing.status !== undefined && columns.statuses[ordinal] !== narrowing.status) return false;
  return narrowing.merchantId === undefined || merchantId === narrowing.merchantId;
}

/** Somebody may use it already, or an offer is open that lets it be used where he sits. */
function isAvailableTo(columns: IndexColumns, ordinal: number, { place, entitled }: Asker): boolean {
  return ((columns.openTo[ordinal] ?? 0) & place) !== 0 || entitled.has(ordinal);
}

const MISSES_NONE = -1;
const MISSES_MORE = -2;

/** Counts values of facets over documents that miss at most that facet. */
class Counting {
  readonly #masks: readonly Uint32Array[];
  readonly #wanted: readonly number[];
  readonly #counts: readonly Uint32Array[];

  constructor(columns: IndexColumns, chosen: ReadonlyMap<FacetName, number>) {
    this.#masks = facetNames.map((name) => columns.masks(name));
    this.#wanted = facetNames.map((name) => chosen.get(name) ?? 0);
    this.#counts = facetNames.map((name) => new Uint32Array(facetValues[name].length));
  }

  /** Which facet alone keeps the document out: its index, or one of MISSES_NONE and MISSES_MORE. */
  misses(ordinal: number): number {
    let missed = MISSES_NONE;
    for (let facet = 0; facet < this.#wanted.length; facet += 1) {
      const wanted = this.#wanted[facet] ?? 0;
      if (wanted === 0 || ((this.#masks[facet]?.[ordinal] ?? 0) & wanted) !== 0) continue;
      if (missed !== MISSES_NONE) return MISSES_MORE;
      missed = facet;
    }
    return missed;
  }

  count(ordinal: number, missed: number): void {
    if (missed === MISSES_MORE) return;
    if (missed !== MISSES_NONE) {
      this.#countIn(missed, ordinal);
      return;
    }
    for (let facet = 0; facet < this.#masks.length; facet += 1) this.#countIn(facet, ordinal);
  }

  counts(): Readonly<Record<FacetName, readonly number[]>> {
    const entries = facetNames.map((name, facet) => [name, [...(this.#counts[facet] ?? [])]] as const);
    return Object.fromEntries(entries) as Record<FacetName, readonly number[]>;
  }

  #countIn(facet: number, ordinal: number): void {
    const counts = this.#counts[facet];
    if (counts === undefined) return;
    for (let mask = this.#masks[facet]?.[ordinal] ?? 0; mask !== 0; mask &= mask - 1) {
      const bit = 31 - Math.clz32(mask & -mask);
      counts[bit] = (counts[bit] ?? 0) + 1;
    }
  }
}

/** The first few of many places, without sorting the many. */
class Best {
  readonly #limit: number;
  readonly #after: Place | undefined;
  readonly #places: Place[] = [];

  constructor(limit: number, after: Place | undefined) {
    this.#limit = limit;
    this.#after = after;
  }

  offer(place: Place): void {
    if (this.#after !== undefined && !isBefore(this.#after, place)) return;
    const last = this.#places.at(-1);
    if (this.#places.length === this.#limit && last !== undefined && !isBefore(place, last)) return;
    let at = this.#places.length;
    while (at > 0 && isBefore(place, this.#places[at - 1] ?? place)) at -= 1;
    this.#places.splice(at, 0, place);
    if (this.#places.length > this.#limit) this.#places.pop();
  }

  inOrder(): readonly Place[] {
    return this.#places;
  }
}

function isBefore(one: Place, other: Place): boolean {
  if (one[0] !== other[0]) return one[0] > other[0];
  if (one[1] !== other[1]) return one[1] > other[1];
  return one[2] > other[2];
}

function placing(columns: IndexColumns, sort: Sort, rank: (ordinal: number) => number): (ordinal: number) => Place {
  const { standing, listedAt, entryPrice } = columns;
  const number = (values: Uint32Array | Float64Array, ordinal: number): number => values[ordinal] ?? 0;
  switch (sort) {
    case 'relevance':
      return (ordinal) => [rank(ordinal), number(standing, ordinal), ordinal];
    case 'newest':
      return (ordinal) => [0, 0, ordinal];
    case 'listed':
      return (ordinal) => [number(listedAt, ordinal), 0, ordinal];
    case 'price':
      return (ordinal) => [-number(entryPrice, ordinal), number(standing, ordinal), ordinal];
    case '-price': {
      // What has no price comes last in both directions.
      const descending = (price: number): number => (price === NO_PRICE ? -1 : price);
      return (ordinal) => [descending(number(entryPrice, ordinal)), number(standing, ordinal), ordinal];
    }
    case 'standing':
      return (ordinal) => [number(standing, ordinal), number(listedAt, ordinal), ordinal];
  }
}
