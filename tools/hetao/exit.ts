import { CommanderError } from 'commander';
import { HetaoUnreachable, isProblem } from '@hetao/client';

/** Exit codes are part of the public API: scripts switch on them. */
export const EXIT = {
  ok: 0,
  /** The answer is no: not proven, not the same, not healthy. Also whatever has no code of its own. */
  no: 1,
  /** Called wrongly, or with something that is not what it should be. */
  usage: 2,
  /** Nobody, or somebody whose key does not reach this far. */
  auth: 3,
  notFound: 4,
  /** It is not, or no longer, in a state for this. */
  conflict: 5,
  /** A rule, a contract or customs says no. */
  policy: 6,
  rateLimited: 7,
} as const;

/** Said to whoever called a command wrongly. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Said where a person, or nobody, let the programme in. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** Refusals with 403 that speak of who asks, not of what is asked. */
const OF_THE_CALLER = /^(CALLER|PERSONA|SCOPE|SESSION|API_KEY|TENANT)_/;

const BY_STATUS: Readonly<Record<number, number>> = {
  400: EXIT.usage,
  401: EXIT.auth,
  404: EXIT.notFound,
  409: EXIT.conflict,
  410: EXIT.notFound,
  412: EXIT.conflict,
  413: EXIT.usage,
  415: EXIT.usage,
  422: EXIT.usage,
  428: EXIT.conflict,
  429: EXIT.rateLimited,
};

/** What a programme ends with after a failure. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof RefusedError) return EXIT.auth;
  if (error instanceof HetaoUnreachable || !isProblem(error)) return EXIT.no;
  if (error.status === 403) return OF_THE_CALLER.test(error.code) ? EXIT.auth : EXIT.policy;
  return BY_STATUS[error.status] ?? EXIT.no;
}
