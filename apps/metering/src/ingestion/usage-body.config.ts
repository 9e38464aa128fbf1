import type { FastifyInstance } from 'fastify';
import type { BodyParser } from '@hetao/runtime';
import { maxBodyBytes } from './event-body.js';

/** The content types of POST /v1/usage/events (CloudEvents 1.0 HTTP binding, structured and batched mode). */
export const usageMediaTypes = {
  single: 'application/cloudevents+json',
  batch: 'application/cloudevents-batch+json',
  either: 'application/json',
} as const;

/** What application/json is called on its way to the parser, so that the events keep their bytes. */
const RAW_JSON = 'application/vnd.hetao.usage+json';

/** Usage is read from its bytes: a JSON parser would hide repeated members, lost digits and broken UTF-8. */
export const usageBodyParsers: readonly BodyParser[] = [usageMediaTypes.single, usageMediaTypes.batch, RAW_JSON].map(
  (mediaType) => ({ mediaType, as: 'bytes', limitBytes: maxBodyBytes }),
);

/**
 * Fastify chooses the parser by content type alone, and application/json is parsed on every other route. On this one
 * its name is changed before the choice is made.
 */
export function keepUsageBytes(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { headers, method } = request.raw;
    const isUsage = method === 'POST' && request.routeOptions.url === '/v1/usage/events';
    if (isUsage && /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? ''))
      headers['content-type'] = RAW_JSON;
    done();
  });
}
