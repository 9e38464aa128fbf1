/** Screens of the merchant. */
export const merchantRoutes = [] as const;
