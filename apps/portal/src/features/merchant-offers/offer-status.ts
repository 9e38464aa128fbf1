/** How an offer may stand. */
export const offerStatuses = ['published', 'expired', 'withdrawn'] as const;
