import { pageState } from '../app/page-state.js';

/** How the session stands: alive, about to end unless somebody stays, or over. */
export type SessionStanding = 'live' | 'ending' | 'ended';

/** WCAG 2.2 2.2.1 asks for twenty seconds; two minutes let somebody finish a sentence. */
const WARN_MS = 120_000;

const listeners = new Set<() => void>();
const openedAt = Date.now();
/** What is left at a request that was just answered; an absolute limit shortens it, and the 401 then says so. */
const idleMs = pageState.me === null ? Infinity : Date.parse(pageState.me.session_ends_at) - openedAt;
let endsAt = openedAt + idleMs;
let standing: SessionStanding = 'live';
let timer: ReturnType<typeof setTimeout> | undefined;

function tell(next: SessionStanding): void {
  if (standing === next) return;
  standing = next;
  for (const listener of listeners) listener();
}

function wait(): void {
  clearTimeout(timer);
  if (!Number.isFinite(endsAt)) return;
  const left = endsAt - Date.now();
  if (left <= 0) return tell('ended');
  tell(left <= WARN_MS ? 'ending' : 'live');
  timer = setTimeout(wait, Math.min(left <= WARN_MS ? left : left - WARN_MS, 2 ** 31 - 1));
}

/** An answer came in the session: it lives its idle time from now. */
export function sessionSeen(): void {
  if (standing === 'ended') return;
  endsAt = Date.now() + idleMs;
  wait();
}

/** The exchange knows the session no more. */
export function sessionEnded(): void {
  clearTimeout(timer);
  tell('ended');
}

export function sessionStanding(): SessionStanding {
  return standing;
}

/** Tells of every change of standing, until the returned function is called. */
export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) wait();
  return () => {
    listeners.delete(listener);
  };
}
