/** How a need may stand. */
export const demandStatuses = ['open', 'met', 'withdrawn', 'expired', 'removed'] as const;

/** Where data may be used. */
export const places = ['CN', 'HK', 'MO', 'SG', 'MY', 'VN', 'GB', 'US'] as const;

const DAY_MS = 86_400_000;

/** The instant so many days from now: how long a need stands on the board. */
export function daysFrom(nowMs: number, days: number): string {
  return new Date(nowMs + days * DAY_MS).toISOString();
}
