import { jurisdictions } from '@hetao/kernel';
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

const BIT_OF_LABEL: ReadonlyMap<string, { readonly name: FacetName; readonly bit: number }> = new Map(
  facetNames.flatMap((name) => facetValues[name].map((value, bit) => [`${name}=${value}`, { name, bit }] as const)),
);
const FIRST_CAPACITY = 1024;

type Numbers = Uint32Array | Float64Array;

/** The rows of the index column by column, by ordinal: what counting and sorting a hundred thousand of them needs. */
export class IndexColumns {
  /** One more than the highest ordinal. */
  size = 0;
  readonly productIds: string[] = [];
  readonly merchantIds: string[] = [];
  readonly statuses: string[] = [];
  isPublic: Uint32Array = new Uint32Array(FIRST_CAPACITY);
  standing: Uint32Array = new Uint32Array(FIRST_CAPACITY);
  openTo: Uint32Array = new Uint32Array(FIRST_CAPACITY);
  entryPrice: Float64Array = new Float64Array(FIRST_CAPACITY);
  listedAt: Float64Array = new Float64Array(FIRST_CAPACITY);
  readonly #masks = new Map<FacetName, Uint32Array>(facetNames.map((name) => [name, new Uint32Array(FIRST_CAPACITY)]));
  readonly #ordinals = new Map<string, number>();

  put(row: IndexRow): void {
    const { ordinal } = row;
    this.#hold(ordinal);
    this.productIds[ordinal] = row.productId;
    this.merchantIds[ordinal] = row.merchantId;
    this.statuses[ordinal] = row.status;
    this.isPublic[ordinal] = row.isPublic ? 1 : 0;
    this.standing[ordinal] = row.standing;
    this.openTo[ordinal] = placesMask(row.openTo);
    this.entryPrice[ordinal] = row.entryPrice === null ? NO_PRICE : Number(row.entryPrice);
    this.listedAt[ordinal] = row.listedAt?.getTime() ?? 0;
    this.#ordinals.set(row.productId, ordinal);
    this.#putFacets(ordinal, row.facets);
  }

  /** The values of a facet, one bit each, by ordinal. */
  masks(name: FacetName): Uint32Array {
    return this.#masks.get(name) ?? new Uint32Array();
  }

  ordinalOf(productId: string): number | undefined {
    return this.#ordinals.get(productId);
  }

  #putFacets(ordinal: number, labels: string): void {
    for (const masks of this.#masks.values()) masks[ordinal] = 0;
    for (const label of labels.split(' ')) {
      const found = BIT_OF_LABEL.get(label);
      const masks = found && this.#masks.get(found.name);
      if (masks !== undefined) masks[ordinal] = (masks[ordinal] ?? 0) | (1 << (found?.bit ?? 0));
    }
  }

  #hold(ordinal: number): void {
    // Numbers that were drawn and never came to be leave holes; a hole belongs to nobody and is not public.
    for (; this.size <= ordinal; this.size += 1) {
      this.productIds.push('');
      this.merchantIds.push('');
      this.statuses.push('');
    }
    if (ordinal < this.isPublic.length) return;
    const capacity = Math.max(ordinal + 1, this.isPublic.length * 2);
    this.isPublic = grown(this.isPublic, new Uint32Array(capacity));
    this.standing = grown(this.standing, new Uint32Array(capacity));
    this.openTo = grown(this.openTo, new Uint32Array(capacity));
    this.entryPrice = grown(this.entryPrice, new Float64Array(capacity));
    this.listedAt = grown(this.listedAt, new Float64Array(capacity));
    for (const [name, masks] of this.#masks) this.#masks.set(name, grown(masks, new Uint32Array(capacity)));
  }
}

/** One bit a jurisdiction. */
export function placesMask(places: readonly string[]): number {
  const all: readonly string[] = jurisdictions;
  return places.reduce((mask, place) => (all.includes(place) ? mask | (1 << all.indexOf(place)) : mask), 0);
}

function grown<T extends Numbers>(values: T, larger: T): T {
  larger.set(values);
  return larger;
}
