/** Screens of the auditor. */
export const auditorRoutes = [] as const;
