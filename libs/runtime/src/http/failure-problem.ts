import { HttpException, NotFoundException } from '@nestjs/common';
import { databaseProblem } from '@hetao/persistence';
import { DomainException, type DomainError } from '@hetao/kernel';
import { errorCode } from '../error-code.js';
import { httpErrors } from './http.errors.js';

/** An expected failure, and the status where HTTP rather than the table decides it. */
export interface KnownFailure {
  readonly error: DomainError;
  readonly status?: number;
}

const unkept = () => ({
  error: httpErrors.REQUEST_MALFORMED('A text holds the character U+0000, which nothing can keep.'),
});

// Codes of Fastify (docs/Reference/Errors.md) and PostgreSQL (Appendix A) for faults of the one who sent the request.
const BY_CODE: Readonly<Record<string, (detail: string) => KnownFailure>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: (detail) => ({ error: httpErrors.JSON_MALFORMED(detail) }),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => ({ error: httpErrors.JSON_MALFORMED('The body is empty.') }),
  FST_ERR_CTP_BODY_TOO_LARGE: (detail) => ({ error: httpErrors.BODY_TOO_LARGE(detail) }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: (detail) => ({ error: httpErrors.MEDIA_TYPE_UNSUPPORTED(detail) }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: (detail) => ({ error: httpErrors.REQUEST_MALFORMED(detail) }),
  FST_ERR_BAD_URL: () => ({ error: httpErrors.REQUEST_MALFORMED('The path has a broken percent-encoding.') }),
  FST_ERR_MAX_PARAM_LENGTH: () => ({
    error: httpErrors.REQUEST_MALFORMED('A part of the path is longer than any of our ids.'),
    status: 414,
  }),
  '22021': unkept,
  '22P05': unkept,
};

const MAX_CAUSES = 5;

/**
 * What a client may know about anything that was thrown, or undefined when it is a fault of ours. Looks through the
 * wrappers that Nest and TypeORM put around an error.
 */
export function knownFailure(thrown: unknown): KnownFailure | undefined {
  if (thrown instanceof NotFoundException) return { error: httpErrors.ROUTE_NOT_FOUND(thrown.message) };
  let current: unknown = thrown;
  for (let depth = 0; depth < MAX_CAUSES && current instanceof Error; depth += 1) {
    if (current instanceof DomainException) return { error: current.problem };
    const fault = BY_CODE[errorCode(current) ?? ''];
    if (fault !== undefined) return fault(sentence(current.message));
    current = current.cause;
  }
  const database = databaseProblem(thrown);
  if (database !== undefined) return { error: database };
  return clientFault(thrown);
}

/** The rest of what Fastify, Nest or a plugin blames on the client: 4xx with their own short words. */
function clientFault(thrown: unknown): KnownFailure | undefined {
  const status = thrown instanceof HttpException ? thrown.getStatus() : statusCodeOf(thrown);
  if (status === undefined || status < 400 || status >= 500 || !(thrown instanceof Error)) return undefined;
  return { error: httpErrors.REQUEST_REFUSED(sentence(thrown.message)), status };
}

function statusCodeOf(thrown: unknown): number | undefined {
  const status: unknown = thrown instanceof Error ? Reflect.get(thrown, 'statusCode') : undefined;
  return typeof status === 'number' ? status : undefined;
}

function sentence(text: string): string {
  const trimmed = text.trim().slice(0, 300);
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
