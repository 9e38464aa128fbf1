/** Builds what is out of date and returns how many files that was. */
export function ensureBuilt(): Promise<number>;
