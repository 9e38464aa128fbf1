import { Transform } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainException } from '@hetao/kernel';
import { refuse } from './refusal.reply.js';
import { routingErrors } from './routing.errors.js';

/**
 * Keeps a streamed body within its limit: at once where Content-Length says too much, else as the bytes come. Nothing
 * is collected; what passes is on its way to the service already.
 */
export async function boundBody(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: NodeJS.ReadableStream,
  limitBytes: number,
): Promise<NodeJS.ReadableStream | undefined> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > limitBytes) {
    await refuse(request, reply, tooLarge(limitBytes));
    return undefined;
  }
  // The parser ends the body where it was said to end; only one of unknown length has to be counted.
  if (request.headers['transfer-encoding'] === undefined) return payload;
  let received = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.byteLength;
      if (received > limitBytes) done(new DomainException(tooLarge(limitBytes)));
      else done(null, chunk);
    },
  });
  payload.once('error', (error: Error) => counter.destroy(error));
  return payload.pipe(counter);
}

function tooLarge(limitBytes: number) {
  return routingErrors.REQUEST_BODY_TOO_LARGE(`At most ${limitBytes} bytes are taken here.`, {
    meta: { limit_bytes: limitBytes },
  });
}
