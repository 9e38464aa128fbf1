import type { ListingReviewView, Product, ReviewComment } from '@hetao/client';

/** A listing with what the reviewer and the automatic checks say to it. */
export interface ListingData {
  readonly product: Product;
  readonly comments: readonly ReviewComment[];
  readonly review: ListingReviewView;
}
