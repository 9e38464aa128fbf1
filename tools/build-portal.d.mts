/** Builds the portal if it is out of date; whether it was. */
export function ensurePortalBuilt(): Promise<boolean>;
