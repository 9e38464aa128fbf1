import type { Reservation } from '../../src/holds/hold.js';
import type { Leg, Posting } from '../../src/ledger/ledger.js';

/** One thing that happens to the ledger, in one database transaction, and how it has to end. */
export type Act =
  | { readonly kind: 'post'; readonly postings: readonly Posting[]; readonly refusedAs?: string }
  | { readonly kind: 'reserve'; readonly reservation: Reservation; readonly refusedAs?: string }
  | { readonly kind: 'use'; readonly key: string; readonly legs?: readonly Leg[]; readonly refusedAs?: string }
  | { readonly kind: 'void'; readonly key: string; readonly refusedAs?: string }
  | { readonly kind: 'expire' }
  | { readonly kind: 'close'; readonly period: string }
  | { readonly kind: 'clock'; readonly at: Date };

/** Whole months: what happens, and the plain figures that must come out of it, whatever path the money took. */
export interface Story {
  readonly seed: number;
  readonly acts: readonly Act[];
  /** By {@link figureOf}, only what is not zero. */
  readonly figures: ReadonlyMap<string, bigint>;
}
