/** Screens of the buyer. */
export const buyerRoutes = [] as const;
