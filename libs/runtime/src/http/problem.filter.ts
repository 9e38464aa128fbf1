import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { traceIdOf } from '../observe/trace-id.js';
import { knownFailure } from './failure-problem.js';
import { internalProblem, problemOf, PROBLEM_MEDIA_TYPE, retryAfterSeconds, type Problem } from './problem.js';

/** Turns everything that goes wrong in a request into problem+json (RFC 9457). The only place that does. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    await answerFailure(thrown, {
      request: http.getRequest<FastifyRequest>(),
      reply: http.getResponse<FastifyReply>(),
      logger: this.#logger,
    });
  }
}

/** A request that something was thrown in. */
export interface FailedRequest {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly logger: Logger;
}

/**
 * Answers a request that something was thrown in. Hooks and raw routes are outside of Nest, where no filter hears of what
 * they throw: left to Fastify, it would be told to the client in its own words, and to nobody else.
 */
export async function answerFailure(thrown: unknown, { request, reply, logger }: FailedRequest): Promise<void> {
  const problem = problemFor(thrown, request, logger);
  // A stream that broke half-way has sent its status already; cutting the connection is all that is left to say.
  if (reply.raw.headersSent) reply.raw.destroy();
  else await sendProblem(reply, problem);
}

function problemFor(thrown: unknown, request: FastifyRequest, logger: Logger): Problem {
  const place = { instance: pathOf(request), traceId: traceIdOf(request) };
  const told = { err: thrown, trace_id: place.traceId, path: place.instance };
  const known = knownFailure(thrown);
  if (known === undefined) {
    logger.error(told, 'A request failed by a fault of ours');
    return internalProblem(place);
  }
  const problem = problemOf(known.error, known.status === undefined ? place : { ...place, status: known.status });
  if (problem.status >= 500) logger.warn(told, 'A request met something unavailable');
  return problem;
}

/** Sends a problem as the answer. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const retryAfter = retryAfterSeconds(problem);
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  return reply.status(problem.status).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problem));
}

/** Path of a request without its query, which may hold what does not belong into a log. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}
