/** Wrong tries so far, for one address or one place. */
export interface Tries {
  readonly failures: number;
  readonly lastFailureAt: Date;
}

/** How many wrong tries cost nothing, and when they are forgotten. */
export interface ThrottleLimits {
  readonly freeTries: number;
  readonly forgetAfterMs: number;
}

/** One mailbox: a typing error is human, guessing is not. */
export const perEmail: ThrottleLimits = { freeTries: 5, forgetAfterMs: 60 * 60_000 };
/** One place: a whole office may share an address. */
export const perAddress: ThrottleLimits = { freeTries: 30, forgetAfterMs: 60 * 60_000 };

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * How long to wait before the next try is looked at, in ms; 0 when it may be made now. Doubles with every wrong try
 * past the free ones, up to 15 minutes: a lock for ever would let a stranger lock anybody out.
 */
export function waitMs(tries: Tries | undefined, now: Date, limits: ThrottleLimits): number {
  const failures = failuresNow(tries, now, limits);
  if (tries === undefined || failures < limits.freeTries) return 0;
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(20, failures - limits.freeTries));
  return Math.max(0, tries.lastFailureAt.getTime() + wait - now.getTime());
}

/** Failures that still count at `now`. */
export function failuresNow(tries: Tries | undefined, now: Date, limits: ThrottleLimits): number {
  if (tries === undefined) return 0;
  return now.getTime() - tries.lastFailureAt.getTime() >= limits.forgetAfterMs ? 0 : tries.failures;
}
