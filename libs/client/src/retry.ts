import { retryAfterOf } from './problem.js';

/** How long, and how often, an exchange that is away or asks us to slow down is asked again. */
export interface Patience {
  /** Attempts after the first. Default 4; 0 asks once. */
  readonly retries?: number;
  /** Longest single pause in ms, also where Retry-After asks for more: then the answer is given back. Default 30 s. */
  readonly longestPauseMs?: number;
}

const FIRST_PAUSE_MS = 200;
const PASSING: ReadonlySet<number> = new Set([502, 503, 504]);
const REPEATABLE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/**
 * `fetch` with patience. A limit (429) was reached before anything was done, so any request is asked again. After a
 * failure of the way or of the service (502, 503, 504, no answer) the work may have been done: only what has its effect
 * once is repeated, which is what HTTP calls idempotent, and a command with an Idempotency-Key; the latter also while
 * its first copy is still at work.
 */
export function patientFetch(ask: typeof fetch, patience: Patience = {}): (request: Request) => Promise<Response> {
  const { retries = 4, longestPauseMs = 30_000 } = patience;
  return async (request) => {
    for (let attempt = 0; ; attempt += 1) {
      // The last attempt may use the body up; those before it leave one for the next.
      const attempted = ask(attempt < retries ? request.clone() : request);
      const answer = await attempted.catch((error: unknown) => new Failure(error));
      if (request.signal.aborted || attempt === retries || !worthRepeating(request, answer)) return given(answer);
      const pauseMs = pauseBefore(attempt + 1, answer);
      if (pauseMs > longestPauseMs) return given(answer);
      // An answer nobody reads would hold its connection.
      if (!(answer instanceof Failure)) await answer.body?.cancel();
      await pause(pauseMs, request.signal);
    }
  };
}

class Failure {
  constructor(readonly cause: unknown) {}
}

function given(answer: Response | Failure): Response {
  if (answer instanceof Failure) throw answer.cause;
  return answer;
}

function worthRepeating(request: Request, answer: Response | Failure): boolean {
  const isKeyed = request.headers.has('idempotency-key');
  if (!(answer instanceof Failure)) {
    if (answer.status === 429) return true;
    if (!PASSING.has(answer.status)) return isKeyed && isInProgress(answer);
  }
  return isKeyed || REPEATABLE.has(request.method);
}

/** Of all conflicts only one says when to come back: the command's first copy, whose answer was lost, is still at work. */
function isInProgress(answer: Response): boolean {
  return answer.status === 409 && retryAfterOf(answer) !== undefined;
}

/**
 * Pause in ms before the n-th repetition: what Retry-After asks for, or twice as long each time, with up to half of it
 * more or less by chance, so that many who were refused at once do not come back at once.
 */
export function pauseBefore(
  repetition: number,
  answer: Response | Failure,
  chance: () => number = Math.random,
): number {
  const asked = answer instanceof Failure ? undefined : retryAfterOf(answer);
  if (asked !== undefined) return asked * 1_000 + chance() * FIRST_PAUSE_MS;
  return FIRST_PAUSE_MS * 2 ** (repetition - 1) * (0.5 + chance());
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
