import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { trace } from '@opentelemetry/api';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { ServiceMetrics } from '../observe/metrics.js';
import type { Readiness } from '../observe/readiness.js';
import { traceIdOf } from '../observe/trace-id.js';
import { recordRoutes } from '../caller/routes.js';
import { callerOf } from '../caller/caller.decorator.js';
import { registerBodyParsers, JSON_LIMIT_BYTES, type BodyParser } from './body-parsers.js';
import { knownFailure } from './failure-problem.js';
import { httpErrors } from './http.errors.js';
import { problemOf } from './problem.js';
import { loggedPath } from './logged-path.js';
import { pathOf, sendProblem } from './problem.filter.js';

/** Time to receive a whole request, in ms: a client that trickles must not hold a connection. */
const REQUEST_TIMEOUT_MS = 30_000;
/** How often late requests are looked for; Node's own half a minute would double the limit. */
const LOOK_FOR_LATE_MS = 1_000;
/** Time for the work itself, in ms, after which the client gets 503. */
const HANDLER_TIMEOUT_MS = 60_000;
/** Longer than the idle timeout of usual load balancers (60 s), so that they, not we, close idle connections. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000;
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_HEADERS = 100;
const MAX_PARAM_LENGTH = 200;

/** Answered in every phase of a service's life. */
const ALWAYS_SERVED: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics', '/openapi.json']);

/** What the server needs to know of its service. */
export interface ServerParts {
  readonly service: string;
  readonly bodyParsers: readonly BodyParser[];
  readonly handlerTimeoutMs?: number | undefined;
  readonly readiness: Readiness;
  readonly metrics: ServiceMetrics;
  readonly logger: Logger;
}

/** A Fastify server in which everything has a bound, behind Nest's adapter. */
export function createServer(parts: ServerParts): FastifyAdapter {
  const adapter = new FastifyAdapter({
    logger: false,
    bodyLimit: JSON_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    // Our own gate answers with a problem while the service stops.
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    http: {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: LOOK_FOR_LATE_MS,
    },
    clientErrorHandler: refuseUnparsable,
    frameworkErrors: refuseUnroutable,
    // Nest's middleware is not used; Fastify's own hooks do the same with less in between.
    skipMiddie: true,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  fastify.server.maxHeadersCount = MAX_HEADERS;
  recordRoutes(fastify);
  registerBodyParsers(fastify, parts.bodyParsers);
  addGate(fastify, parts.readiness);
  addTimeLimit(fastify, parts.handlerTimeoutMs ?? HANDLER_TIMEOUT_MS);
  addObservation(fastify, parts);
  return adapter;
}

/** Keeps work away before the service is complete and once it is closing; probes always get through. */
function addGate(fastify: FastifyInstance, readiness: Readiness): void {
  fastify.addHook('onRequest', async (request, reply) => {
    const { phase } = readiness;
    if (phase === 'running' || phase === 'draining' || ALWAYS_SERVED.has(pathOf(request))) return;
    const error =
      phase === 'starting'
        ? httpErrors.SERVICE_STARTING('Its database or its consumers are not ready; /readyz says which.')
        : httpErrors.SERVICE_STOPPING('It finishes what it has begun and takes nothing new.');
    await sendProblem(reply, problemOf(error, { instance: pathOf(request), traceId: traceIdOf(request) }));
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    // A kept-alive connection would hold the server open after its last answer, or be closed under its next request.
    if (readiness.phase === 'draining' || readiness.phase === 'closing') void reply.header('connection', 'close');
    done();
  });
}

/**
 * Answers 503 when the work on a request takes too long. Fastify's own `handlerTimeout` (5.12) is disarmed by the
 * request's `close` event, which Node emits as soon as a body has been read, so it never fires for a POST.
 */
function addTimeLimit(fastify: FastifyInstance, limitMs: number): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const timer = setTimeout(() => {
      // What streams has its status out already, and plugins that took the reply over look after themselves.
      if (reply.sent || reply.raw.headersSent) return;
      const error = httpErrors.REQUEST_TIMED_OUT(`The work was not done within ${limitMs / 1000} s.`);
      void sendProblem(reply, problemOf(error, { instance: pathOf(request), traceId: traceIdOf(request) }));
    }, limitMs);
    reply.raw.once('close', () => clearTimeout(timer));
    done();
  });
}

function addObservation(fastify: FastifyInstance, { service, metrics, logger }: ServerParts): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url;
    // The HTTP instrumentation knows no routes, and several services may share this process.
    const names = { 'hetao.service': service, ...(route === undefined ? {} : { 'http.route': route }) };
    trace
      .getActiveSpan()
      ?.updateName(`${request.method} ${route ?? 'unmatched'}`)
      .setAttributes(names);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    done();
    const route = request.routeOptions.url ?? 'unmatched';
    const seconds = reply.elapsedTime / 1000;
    metrics.observeRequest({ method: request.method, route, status: reply.statusCode, seconds });
    if (ALWAYS_SERVED.has(route)) return;
    logger.info(
      {
        method: request.method,
        route,
        path: loggedPath(pathOf(request)),
        status: reply.statusCode,
        duration_ms: Math.round(reply.elapsedTime * 10) / 10,
        trace_id: traceIdOf(request),
        caller: callerOf(request)?.subject,
        organisation: callerOf(request)?.organisationId,
      },
      'request',
    );
  });
}

/** Answers what the router could not read: no hook and no filter of ours has run yet. */
function refuseUnroutable(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const place = { instance: pathOf(request), traceId: traceIdOf(request) };
  const { error: known, status } = knownFailure(error) ?? {
    error: httpErrors.REQUEST_MALFORMED('It cannot be routed.'),
  };
  void sendProblem(reply, problemOf(known, status === undefined ? place : { ...place, status }));
}

/** Answers what Node's parser could not read: no request object exists yet, so the problem is written by hand. */
function refuseUnparsable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const status = UNPARSABLE_STATUS[error.code ?? ''] ?? 400;
  const problem = problemOf(
    httpErrors.REQUEST_MALFORMED(UNPARSABLE_DETAIL[status] ?? 'It is not an HTTP/1.1 request.'),
    { instance: '/', traceId: randomBytes(16).toString('hex'), status },
  );
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const UNPARSABLE_STATUS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

const UNPARSABLE_DETAIL: Readonly<Record<number, string>> = {
  408: `The request did not arrive completely within ${REQUEST_TIMEOUT_MS / 1000} s.`,
  431: `The headers are larger than ${MAX_HEADER_BYTES} bytes.`,
};
