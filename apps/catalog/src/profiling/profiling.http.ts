import type { FastifyInstance } from 'fastify';
import { PART_TYPE } from './profile.controller.js';

/** Parts of files are read as they come, and never held as a whole. */
export function streamParts(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(PART_TYPE, (_request, payload, done) => {
    done(null, payload);
  });
}
