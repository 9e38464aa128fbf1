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
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = this.#problem(thrown, request);
    // A stream that broke half-way has sent its status already; cutting the connection is all that is left to say.
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    await sendProblem(reply, problem);
  }

  #problem(thrown: unknown, request: FastifyRequest): Problem {
    const place = { instance: pathOf(request), traceId: traceIdOf(request) };
    const known = knownFailure(thrown);
    if (known === undefined) {
      this.#logger.error(
        { err: thrown, trace_id: place.traceId, path: place.instance },
        'A request failed by a fault of ours',
      );
      return internalProblem(place);
    }
    const problem = problemOf(known.error, known.status === undefined ? place : { ...place, status: known.status });
    if (problem.status >= 500) {
      this.#logger.warn(
        { err: thrown, trace_id: place.traceId, path: place.instance },
        'A request met something unavailable',
      );
    }
    return problem;
  }
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
