import { randomBytes } from 'node:crypto';
import { trace } from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const NO_TRACE = '0'.repeat(32);
const known = new WeakMap<object, string>();

/**
 * The id under which a request can be found in logs, traces and problems: of the active span, else of the caller's
 * `traceparent` (W3C Trace Context), else made up once per request, so that there always is one.
 */
export function traceIdOf(request: FastifyRequest): string {
  const remembered = known.get(request.raw);
  if (remembered !== undefined) return remembered;
  const id = activeTraceId() ?? receivedTraceId(request) ?? randomBytes(16).toString('hex');
  known.set(request.raw, id);
  return id;
}

/** Trace id of the active span, if any is recording. */
export function activeTraceId(): string | undefined {
  const id = trace.getActiveSpan()?.spanContext().traceId;
  return id === undefined || id === NO_TRACE ? undefined : id;
}

function receivedTraceId(request: FastifyRequest): string | undefined {
  const header = request.headers['traceparent'];
  return typeof header === 'string' ? TRACEPARENT.exec(header)?.[1] : undefined;
}
