/** How a listing may stand. */
export const listingStatuses = [
  'draft',
  'returned',
  'submitted',
  'source_check',
  'quality_check',
  'legal_review',
  'exchange_review',
  'scheduled',
  'listed',
  'suspended',
  'delisted',
  'refused',
  'merged',
] as const;
