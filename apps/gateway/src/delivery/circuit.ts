/** How a merchant's service did of late. Times are in ms since 1970 (UTC). */
export interface Circuit {
  /** Calls in a row that got no answer, or one that says "not now". */
  readonly failures: number;
  /** What was wrong with the last of them. */
  readonly lastFault: string;
  /** Since when nothing is passed on; null while it still is. */
  readonly openedAt: number | null;
  /** Until then nothing is passed on; afterwards one call tries whether the service is back. */
  readonly retryAt: number;
  /** Whether that one call is under way. */
  readonly isTried: boolean;
}

/** `half_open`: its rest is over, and the next call tries it, or is trying it now. */
export type CircuitState = 'closed' | 'open' | 'half_open';

/** One failure is a hiccup; so many in a row are a service that is down. */
const FAILURES_TO_OPEN = 5;
const FIRST_REST_MS = 5_000;
/** Nobody waits longer than this for a service that came back. */
const LONGEST_REST_MS = 120_000;
/** What says that the service as a whole is away (RFC 9110 15.6); any other answer is its business with the buyer. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);

/** Whether an answer counts as none. */
export function isAway(status: number): boolean {
  return AWAY.has(status);
}

export function stateOf(circuit: Circuit, now: number): CircuitState {
  if (circuit.openedAt === null) return 'closed';
  return now < circuit.retryAt ? 'open' : 'half_open';
}

/** Whether a call may pass now; in the half-open state one at a time. */
export function mayPass(circuit: Circuit | undefined, now: number): boolean {
  if (circuit === undefined) return true;
  const state = stateOf(circuit, now);
  return state === 'closed' || (state === 'half_open' && !circuit.isTried);
}

/**
 * After a call that failed. The rest doubles with every try in vain.
 *
 * @param fault what was wrong, for the buyer's eyes
 */
export function afterFailure(circuit: Circuit | undefined, fault: string, now: number): Circuit {
  const failures = (circuit?.failures ?? 0) + 1;
  const openedAt = circuit?.openedAt ?? (failures >= FAILURES_TO_OPEN ? now : null);
  // Calls that were under way when it opened say nothing new.
  const late = circuit !== undefined && circuit.openedAt !== null && now < circuit.retryAt;
  const restMs = Math.min(FIRST_REST_MS * 2 ** Math.max(0, failures - FAILURES_TO_OPEN), LONGEST_REST_MS);
  if (late) return { ...circuit, lastFault: fault };
  return { failures, lastFault: fault, openedAt, retryAt: openedAt === null ? 0 : now + restMs, isTried: false };
}
