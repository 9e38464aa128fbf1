import { jurisdictions } from '@hetao/kernel';
import { Bitmap } from './bitmap.js';
import { facetNames, facetValues, type FacetName } from './facets.js';

/** A row of the index, as it is read. */
export interface IndexRow {
  readonly ordinal: number;
  readonly productId: string;
  readonly merchantId: string;
  readonly status: string;
  readonly isPublic: boolean;
  /** `kind=dataset delivery=api …` */
  readonly facets: string;
  readonly standing: number;
  readonly entryPrice: string | null;
  readonly listedAt: Date | null;
  readonly openTo: readonly string[];
}

/** Sorts after every price. */
export const NO_PRICE = Number.MAX_SAFE_INTEGER;

const FIRST_CAPACITY = 1024;
const nothing = new Bitmap();

/**
 * The rows of the index column by column, by ordinal. What is counted or narrowed by is a bitmap a value, so that a
 * hundred thousand rows are three thousand words of it; what is sorted by is a number a row.
 */
export class IndexColumns {
  /** One more than the highest ordinal. */
  size = 0;
  readonly productIds: string[] = [];
  /** Rows there are. Ordinals that were drawn and never came to be leave holes. */
  readonly documents = new Bitmap();
  readonly isPublic = new Bitmap();
  standing = new Float64Array(FIRST_CAPACITY);
  entryPrice = new Float64Array(FIRST_CAPACITY);
  listedAt = new Float64Array(FIRST_CAPACITY);
  readonly #statuses = new Map<string, Bitmap>();
  readonly #openTo = new Map<string, Bitmap>(jurisdictions.map((place) => [place, new Bitmap()]));
  readonly #labels = new Map<string, Bitmap>();
  readonly #facets = new Map<FacetName, readonly Bitmap[]>();
  readonly #merchants: string[] = [];
  /** Lists, since a bitmap a merchant would be as long as the whole index. */
  readonly #ofMerchants = new Map<string, Set<number>>();
  readonly #ordinals = new Map<string, number>();

  constructor() {
    for (const name of facetNames) {
      const values = facetValues[name].map((value) => [`${name}=${value}`, new Bitmap()] as const);
      for (const [label, documents] of values) this.#labels.set(label, documents);
      this.#facets.set(
        name,
        values.map(([, documents]) => documents),
      );
    }
  }

  put(row: IndexRow): void {
    const { ordinal } = row;
    this.#hold(ordinal);
    if (this.documents.has(ordinal)) this.#clear(ordinal);
    this.productIds[ordinal] = row.productId;
    this.#ordinals.set(row.productId, ordinal);
    this.documents.put(ordinal, true);
    this.isPublic.put(ordinal, row.isPublic);
    this.standing[ordinal] = row.standing;
    this.entryPrice[ordinal] = row.entryPrice === null ? NO_PRICE : Number(row.entryPrice);
    this.listedAt[ordinal] = row.listedAt?.getTime() ?? 0;
    if (!this.#statuses.has(row.status)) this.#statuses.set(row.status, new Bitmap());
    this.#statuses.get(row.status)?.put(ordinal, true);
    for (const place of row.openTo) this.#openTo.get(place)?.put(ordinal, true);
    for (const label of row.facets.split(' ')) this.#labels.get(label)?.put(ordinal, true);
    this.#putMerchant(ordinal, row.merchantId);
  }

  /** Which documents have each value of a facet, in the order of `facetValues`. */
  facet(name: FacetName): readonly Bitmap[] {
    return this.#facets.get(name) ?? [];
  }

  withStatus(status: string): Bitmap {
    return this.#statuses.get(status) ?? nothing;
  }

  /** What an open offer lets be used in this jurisdiction. */
  openTo(place: string): Bitmap {
    return this.#openTo.get(place) ?? nothing;
  }

  ofMerchant(id: string): Bitmap {
    const documents = new Bitmap();
    for (const ordinal of this.#ofMerchants.get(id) ?? []) documents.put(ordinal, true);
    return documents;
  }

  ordinalOf(productId: string): number | undefined {
    return this.#ordinals.get(productId);
  }

  /** Takes back what the row said before. A row that is new, as all are at first, has nothing to take back. */
  #clear(ordinal: number): void {
    for (const values of [this.#statuses, this.#openTo, this.#labels]) {
      for (const documents of values.values()) documents.put(ordinal, false);
    }
  }

  #putMerchant(ordinal: number, merchantId: string): void {
    const before = this.#merchants[ordinal];
    if (before === merchantId) return;
    if (before !== undefined) this.#ofMerchants.get(before)?.delete(ordinal);
    this.#merchants[ordinal] = merchantId;
    const theirs = this.#ofMerchants.get(merchantId) ?? new Set();
    this.#ofMerchants.set(merchantId, theirs.add(ordinal));
  }

  #hold(ordinal: number): void {
    for (; this.size <= ordinal; this.size += 1) this.productIds.push('');
    if (ordinal < this.standing.length) return;
    const capacity = Math.max(ordinal + 1, this.standing.length * 2);
    this.standing = grown(this.standing, capacity);
    this.entryPrice = grown(this.entryPrice, capacity);
    this.listedAt = grown(this.listedAt, capacity);
  }
}

function grown(values: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(capacity);
  larger.set(values);
  return larger;
}
