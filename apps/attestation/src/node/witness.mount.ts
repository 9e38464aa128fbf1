import type { FastifyInstance } from 'fastify';
import { rawRoute } from '@hetao/runtime';
import type { NodeAlarms } from './node.queries.js';

/** Shows anybody, and above all the other node, what we last saw of its log, signed. */
export function mountWitness(fastify: FastifyInstance, node: NodeAlarms): void {
  fastify.get('/v1/attestation-witness/checkpoint', { config: rawRoute.public }, async (_request, reply) => {
    const seen = await node.seen();
    if (seen === null) {
      reply.callNotFound();
      return reply;
    }
    return reply
      .header('content-type', 'text/plain; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(seen.note);
  });
}
