import type { DomainError, ErrorItem, ErrorKind, JsonValue } from '@hetao/kernel';

/** The one table from what a failure means to its HTTP status (RFC 9110, RFC 6585). */
export const STATUS_BY_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  unsupported_media_type: 415,
  unprocessable: 422,
  precondition_required: 428,
  rate_limited: 429,
  unavailable: 503,
};

export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8';

/** Body of every answer that is not a success (RFC 9457). */
export interface Problem {
  /** Address of the page about this code, relative to the exchange. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Path of the request. */
  readonly instance: string;
  /** What clients switch on; never translated. */
  readonly code: string;
  /** How to mend it. */
  readonly fix: string;
  readonly trace_id: string;
  readonly errors?: readonly ErrorItem[];
  readonly meta?: Readonly<Record<string, JsonValue>>;
}

/** Where one failure happened. */
export interface ProblemPlace {
  readonly instance: string;
  readonly traceId: string;
  /** Overrides the table for the few statuses that HTTP itself decides (408, 414, 431, 500). */
  readonly status?: number;
}

/** Renders an expected failure for a client. */
export function problemOf(error: DomainError, place: ProblemPlace): Problem {
  const errors = error.items ?? (error.pointer === undefined ? undefined : [itemOf(error, error.pointer)]);
  return {
    type: `/problems/${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: error.title,
    status: place.status ?? STATUS_BY_KIND[error.kind],
    detail: error.detail,
    instance: place.instance,
    code: error.code,
    fix: error.fix,
    trace_id: place.traceId,
    ...(errors === undefined ? {} : { errors }),
    ...(error.meta === undefined ? {} : { meta: error.meta }),
  };
}

/** Renders a fault of ours: the client learns the trace id, and nothing about our insides. */
export function internalProblem(place: ProblemPlace): Problem {
  return {
    type: '/problems/internal-error',
    title: 'Something went wrong on our side',
    status: 500,
    detail: 'The request could not be completed. Nothing about it is known to be wrong on your side.',
    instance: place.instance,
    code: 'INTERNAL_ERROR',
    fix: 'Try again later; if it persists, tell us the trace_id.',
    trace_id: place.traceId,
  };
}

/** Seconds a client should wait, where waiting helps. A failure may say so itself by `meta.retry_after_seconds`. */
export function retryAfterSeconds({ status, meta }: Problem): number | undefined {
  const wanted = meta?.['retry_after_seconds'];
  if (typeof wanted === 'number') return Math.ceil(wanted);
  return status === 503 ? 2 : status === 429 ? 1 : undefined;
}

function itemOf(error: DomainError, pointer: string): ErrorItem {
  return { pointer, code: error.code, detail: error.detail };
}
