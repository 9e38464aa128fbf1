/** A share of a limit as a whole number of percents, at most a hundred. */
export function percentOf(used: string, limit: string): number {
  const share = Number(used) / Number(limit);
  return Number.isFinite(share) ? Math.min(100, Math.round(share * 100)) : 100;
}
