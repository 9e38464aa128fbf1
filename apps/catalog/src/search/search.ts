import { facetNames, type FacetName } from './facets.js';
import { Bitmap } from './bitmap.js';
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
  /** His jurisdiction; null when it is not known. */
  readonly place: string | null;
  /** What he has a right to use already. */
  readonly entitled: Bitmap;
}

/** Documents that have the words, and how well each says them. */
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
 * Counts and orders what was found. A facet's counts tell what choosing a value would give, so the choice already made in
 * that very facet does not narrow them.
 *
 * @param after the place of the last hit of the page before.
 * @param limit hits that are wanted.
 */
export function search(
  columns: IndexColumns,
  matches: Matches,
  ask: { narrowing: Narrowing; asker: Asker; sort: Sort; after: Place | undefined; limit: number },
): SearchResult {
  const narrowed = narrow(columns, matches.found, ask);
  const best = new Best(ask.limit, ask.after);
  const { first, second } = orderOf(columns, ask.sort, matches.rank);
  narrowed.hits.forEachDown((ordinal) => {
    best.offer(first(ordinal), second(ordinal), ordinal);
    // Seen from the newest on, the newest are all there once the page is full.
    return ask.sort !== 'newest' || !best.isFull;
  });
  return {
    hits: best.inOrder().map((place) => ({ ordinal: place[2], place })),
    total: narrowed.hits.count,
    available: narrowed.available,
    counts: countsOf(columns, narrowed),
  };
}

/** What is left of the documents found. */
interface Narrowed {
  /** What the asker may see, whatever was chosen in facets. */
  readonly shown: Bitmap;
  /** Of each facet in which something was chosen, the documents with any of the chosen values. */
  readonly chosen: ReadonlyMap<FacetName, Bitmap>;
  readonly hits: Bitmap;
  /** How many hits the asker may use, if also others were hits. */
  readonly available: number;
}

/** Which of the documents found remain for this asker when all that must hold beside the words does. */
export function narrow(
  columns: IndexColumns,
  found: Bitmap | undefined,
  { narrowing, asker }: { narrowing: Narrowing; asker: Asker },
): Narrowed {
  const { status, merchantId, availableOnly } = narrowing;
  const all = found ?? columns.documents;
  const conditions = [all];
  if (status !== undefined) conditions.push(columns.withStatus(status));
  if (merchantId !== undefined) conditions.push(columns.ofMerchant(merchantId));
  if (!asker.seesEverything) {
    conditions.push(Bitmap.union([columns.isPublic, columns.ofMerchant(asker.organisationId)]));
  }
  const seen = Bitmap.intersection(conditions);
  const chosen = new Map(
    [...narrowing.facets]
      .filter(([, mask]) => mask !== 0)
      .map(([name, mask]) => {
        const values = columns.facet(name).filter((_documents, bit) => ((mask >>> bit) & 1) === 1);
        return [name, Bitmap.union(values)] as const;
      }),
  );
  const fitting = Bitmap.intersection([seen, ...chosen.values()]);
  const usable = usableBy(columns, asker);
  const only = (documents: Bitmap): Bitmap => (availableOnly ? Bitmap.intersection([documents, usable]) : documents);
  return { shown: only(seen), chosen, hits: only(fitting), available: fitting.countWith(usable) };
}

/** What he may use already, or could since an offer is open that lets it be used where he sits. */
function usableBy(columns: IndexColumns, { place, entitled }: Asker): Bitmap {
  return place === null ? entitled : Bitmap.union([columns.openTo(place), entitled]);
}

function countsOf(columns: IndexColumns, { shown, chosen, hits }: Narrowed): SearchResult['counts'] {
  const entries = facetNames.map((name): [FacetName, readonly number[]] => {
    const others = [...chosen].filter(([other]) => other !== name).map(([, documents]) => documents);
    const within = chosen.has(name) ? Bitmap.intersection([shown, ...others]) : hits;
    return [name, columns.facet(name).map((documents) => documents.countWith(within))];
  });
  return Object.fromEntries(entries) as Record<FacetName, readonly number[]>;
}

/** The first few of many places, without sorting the many, nor making anything of those that are not among them. */
class Best {
  readonly #limit: number;
  readonly #after: Place | undefined;
  readonly #places: Place[] = [];

  constructor(limit: number, after: Place | undefined) {
    this.#limit = limit;
    this.#after = after;
  }

  get isFull(): boolean {
    return this.#places.length >= this.#limit;
  }

  offer(first: number, second: number, ordinal: number): void {
    const leadOver = (place: Place): number => first - place[0] || second - place[1] || ordinal - place[2];
    if (this.#after !== undefined && leadOver(this.#after) >= 0) return;
    const last = this.#places.at(-1);
    if (this.isFull && last !== undefined && leadOver(last) < 0) return;
    let at = this.#places.length;
    while (at > 0 && leadOver(this.#places[at - 1] ?? [0, 0, 0]) > 0) at -= 1;
    this.#places.splice(at, 0, [first, second, ordinal]);
    if (this.#places.length > this.#limit) this.#places.pop();
  }

  inOrder(): readonly Place[] {
    return this.#places;
  }
}

type Measure = (ordinal: number) => number;

/** What a document is sorted by, highest first; where both are equal, the newer comes first. */
function orderOf(columns: IndexColumns, sort: Sort, rank: Measure): { first: Measure; second: Measure } {
  const standing: Measure = (ordinal) => columns.standing[ordinal] ?? 0;
  const listedAt: Measure = (ordinal) => columns.listedAt[ordinal] ?? 0;
  const price: Measure = (ordinal) => columns.entryPrice[ordinal] ?? NO_PRICE;
  const same: Measure = () => 0;
  switch (sort) {
    case 'relevance':
      return { first: rank, second: standing };
    case 'newest':
      return { first: same, second: same };
    case 'listed':
      return { first: listedAt, second: same };
    case 'price':
      return { first: (ordinal) => -price(ordinal), second: standing };
    case '-price':
      // What has no price comes last in both directions.
      return { first: (ordinal) => (price(ordinal) === NO_PRICE ? -1 : price(ordinal)), second: standing };
    case 'standing':
      return { first: standing, second: listedAt };
  }
}
