import type { FastifyInstance } from 'fastify';
import type { BodyParser } from '@hetao/runtime';
import { maxBodyBytes } from './event-body.js';

/** The content types of POST /v1/usage/events (CloudEvents 1.0 HTTP binding) and of uploads. */
export const usageMediaTypes = {
  single: 'application/cloudevents+json',
  batch: 'application/cloudevents-batch+json',
  either: 'application/json',
  lines: 'application/x-ndjson',
} as const;

/** What application/json is called on its way to the parser, so that the events keep their bytes. */
const RAW_JSON = 'application/vnd.hetao.usage+json';
/** What lines are called where they are read as they come, and never held as a whole. */
const LINES_AS_STREAM = 'application/vnd.hetao.usage-lines';

/** Usage is read from its bytes: a JSON parser would hide repeated members, lost digits and broken UTF-8. */
export const usageBodyParsers: readonly BodyParser[] = [
  usageMediaTypes.single,
  usageMediaTypes.batch,
  usageMediaTypes.lines,
  RAW_JSON,
].map((mediaType) => ({ mediaType, as: 'bytes', limitBytes: maxBodyBytes }));

const EVENT_ROUTES: ReadonlySet<string> = new Set(['/v1/usage/events', '/v1/usage/ingest']);
const UPLOAD_ROUTE = '/v1/usage/uploads/:id';

/**
 * Fastify chooses the parser by content type alone, and application/json is parsed on every other route. On these its
 * name is changed before the choice is made.
 */
export function keepUsageBytes(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(LINES_AS_STREAM, (_request, payload, done) => {
    done(null, payload);
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { headers, method } = request.raw;
    const { url = '' } = request.routeOptions;
    const type = headers['content-type'] ?? '';
    if (method === 'POST' && EVENT_ROUTES.has(url) && isType(type, usageMediaTypes.either)) {
      headers['content-type'] = RAW_JSON;
    }
    if (method === 'PATCH' && url === UPLOAD_ROUTE && isType(type, usageMediaTypes.lines)) {
      headers['content-type'] = LINES_AS_STREAM;
    }
    done();
  });
}

function isType(contentType: string, mediaType: string): boolean {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() === mediaType;
}
