/** The time-bound part of a session. */
export interface SessionTimes {
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

/** Where a session began, as far as its owner can recognise it. */
export interface SessionOrigin {
  /** What the browser calls itself; its own word. */
  readonly device: string;
  /** Group of addresses (see client-address.ts). */
  readonly address: string;
  readonly requestId: string | null;
}

/** How long a session lives without a request, and at most. */
export interface SessionLimits {
  readonly idleMs: number;
  readonly absoluteMs: number;
}

/** `idle`: nobody came back in time. `expired`: it lived as long as a session may. */
export type SessionState = 'live' | 'idle' | 'expired';

/** Writing down every request would make reading cost a write; this is how coarse "last seen" may be. */
const SEEN_STEP_MS = 60_000;

/** Which state the session is in at `now`. Absolute expiry is told first: signing in again is the only cure for it. */
export function sessionState(session: SessionTimes, now: Date, limits: SessionLimits): SessionState {
  if (now.getTime() >= session.createdAt.getTime() + limits.absoluteMs) return 'expired';
  if (now.getTime() >= session.lastSeenAt.getTime() + limits.idleMs) return 'idle';
  return 'live';
}

/** When the session ends if nothing more happens: what a page counts down to. In ms since 1970. */
export function sessionEndMs(session: SessionTimes, limits: SessionLimits): number {
  return Math.min(session.createdAt.getTime() + limits.absoluteMs, session.lastSeenAt.getTime() + limits.idleMs);
}

/** Whether this request is far enough from the last recorded one to be written down. */
export function worthTouching(session: SessionTimes, now: Date, limits: SessionLimits): boolean {
  // A short idle limit needs a finer step, or an active user would be thrown out.
  const stepMs = Math.min(SEEN_STEP_MS, limits.idleMs / 4);
  return now.getTime() - session.lastSeenAt.getTime() >= stepMs;
}

/**
 * Where to go after signing in: a path of our own, or the first page. Anything else would let a link sign somebody in
 * and then carry them to a stranger's page that looks like ours.
 */
export function safeReturnPath(wanted: string | undefined): string {
  if (wanted === undefined || wanted.length > 1024) return '/';
  // One slash, then no slash or backslash: browsers read `//host` and `/\host` as another site.
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) && !wanted.includes('\\') ? wanted : '/';
}
