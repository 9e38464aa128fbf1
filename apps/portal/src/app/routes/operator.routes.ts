/** Screens of the operator. */
export const operatorRoutes = [] as const;
