/** How a payout may stand. */
export const payoutStatuses = ['instructed', 'settled', 'rejected', 'returned'] as const;
