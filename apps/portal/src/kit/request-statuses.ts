/** How a request may stand. */
export const requestStatuses = ['requested', 'agreed', 'declined', 'withdrawn', 'expired'] as const;
