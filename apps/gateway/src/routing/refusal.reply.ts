import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DomainError } from '@hetao/kernel';
import { problemOf, PROBLEM_MEDIA_TYPE, traceIdOf } from '@hetao/runtime';

const REALM = 'Bearer realm="hetao-exchange"';
const RETRY_AFTER_S = 2;

/**
 * Answers with a problem (RFC 9457) from a hook or a raw route, and with the challenge that a 401 owes its receiver.
 * `status` overrides the one that the kind of the error stands for.
 */
export async function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  error: DomainError,
  status?: number,
): Promise<void> {
  const instance = (request.raw.url ?? '/').split('?', 1)[0] ?? '/';
  const place = { instance, traceId: traceIdOf(request), ...(status === undefined ? {} : { status }) };
  const problem = problemOf(error, place);
  const challenge = challengeFor(error, problem.status);
  if (challenge !== undefined) void reply.header('www-authenticate', challenge);
  if (problem.status >= 502 && !reply.hasHeader('retry-after')) void reply.header('retry-after', String(RETRY_AFTER_S));
  // What is left of a body nobody will read would hold the connection, and this process at its end.
  if (hasBody(request) && !request.raw.complete) void reply.header('connection', 'close');
  await reply.status(problem.status).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problem));
}

function hasBody(request: FastifyRequest): boolean {
  return request.headers['transfer-encoding'] !== undefined || (request.headers['content-length'] ?? '0') !== '0';
}

/** `WWW-Authenticate` for a refusal (RFC 6750 3): which scheme, and what was wrong with what was sent. */
export function challengeFor(error: DomainError, status: number): string | undefined {
  const scope = error.meta?.['scope'];
  if (status === 403 && typeof scope === 'string') return `${REALM}, error="insufficient_scope", scope="${scope}"`;
  if (status !== 401) return undefined;
  if (error.code === 'CALLER_UNKNOWN') return REALM;
  // RFC 6750 allows %x20-21 / %x23-5B / %x5D-7E in a description.
  const description = error.detail.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '');
  return `${REALM}, error="invalid_token", error_description="${description}"`;
}
