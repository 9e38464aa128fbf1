import type { Problem } from './generated/types.gen.js';
import type { ProblemCode } from './generated/problem-codes.gen.js';

export type { ProblemCode };

/** A refusal names each thing that is wrong; a person reads a few of them at a time. */
const MAX_ITEMS = 10;

/**
 * What the exchange answered instead of what was asked (RFC 9457). Switch on `code`, show `message`: it says what went
 * wrong and how to mend it.
 */
export class HetaoProblem<C extends string = ProblemCode> extends Error {
  override readonly name = 'HetaoProblem';
  readonly status: number;
  readonly code: C;
  /** How to mend it. */
  readonly fix: string;
  /** Tell it to the operator, who finds the request by it. */
  readonly traceId: string;
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
  /** Seconds after which to ask again, where the exchange said so. */
  readonly retryAfterS: number | undefined;
  readonly problem: Problem;

  constructor(problem: Problem, retryAfterS?: number) {
    const items = (problem.errors ?? []).slice(0, MAX_ITEMS).map(({ pointer, detail }) => ` [${pointer}: ${detail}]`);
    super(`${problem.code}: ${problem.detail} ${problem.fix}${items.join('')}`);
    this.problem = problem;
    this.status = problem.status;
    this.code = problem.code as C;
    this.fix = problem.fix;
    this.traceId = problem.trace_id;
    this.errors = problem.errors ?? [];
    this.retryAfterS = retryAfterS;
  }
}

/** The exchange could not be reached, or what answered was not the exchange. */
export class HetaoUnreachable extends Error {
  override readonly name = 'HetaoUnreachable';
}

/**
 * Whether a failure is a problem, of one of these codes where some are given.
 *
 * @example catch (error) { if (isProblem(error, 'OFFER_EXPIRED')) return askForAnotherOffer(); throw error; }
 */
export function isProblem<C extends ProblemCode>(error: unknown, ...codes: readonly C[]): error is HetaoProblem<C> {
  return error instanceof HetaoProblem && (codes.length === 0 || codes.some((code) => code === error.code));
}

/** Reads an answer that is not 2xx. */
export function problemIn(body: unknown, response: Response): HetaoProblem | HetaoUnreachable {
  if (isProblemBody(body)) return new HetaoProblem(body, retryAfterOf(response));
  return new HetaoUnreachable(
    `${response.url || 'The address'} answered ${response.status} without saying why. Is it an exchange?`,
  );
}

/** Seconds that Retry-After asks for (RFC 9110 10.2.3): a number, or the time until a date. */
export function retryAfterOf(response: Response): number | undefined {
  const header = response.headers.get('retry-after');
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - Date.now()) / 1000);
}

function isProblemBody(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false;
  const { code, detail, fix, status } = body as Partial<Problem>;
  return [code, detail, fix].every((member) => typeof member === 'string') && typeof status === 'number';
}
