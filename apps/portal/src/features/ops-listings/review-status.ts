/** States in which a listing waits for the exchange, in the order of the review. */
export const reviewStatuses = [
  'submitted',
  'source_check',
  'quality_check',
  'legal_review',
  'exchange_review',
] as const;
export type ReviewStatus = (typeof reviewStatuses)[number];

/** What an operator may be shown as a filter: the review, and what they did. */
export const listingStatuses = [...reviewStatuses, 'returned', 'refused', 'listed', 'suspended', 'delisted'] as const;
