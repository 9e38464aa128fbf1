import type { FastifyInstance } from 'fastify';
import type { ReadMemory } from '../database/read-memory.register.js';
import { isSafeMethod } from './route-table.js';

/**
 * Whatever one of the gateway's own routes changed is seen by the next request: a key revoked here opens nothing once the
 * answer says so. What is passed on to others changes nothing of what the door goes by. Call it before any route is put on.
 */
export function seeOwnChanges(fastify: FastifyInstance, memory: Pick<ReadMemory, 'clear'>): void {
  fastify.addHook('onRoute', (route) => {
    const { hetaoPolicy } = (route.config ?? {}) as { readonly hetaoPolicy?: { readonly access: string } };
    if (hetaoPolicy?.access === 'own-check' || [route.method].flat().every(isSafeMethod)) return;
    const before = route.onSend === undefined ? [] : [route.onSend].flat();
    route.onSend = [
      ...before,
      (_request, _reply, payload, done) => {
        memory.clear();
        done(null, payload);
      },
    ];
  });
}
