import type { FastifyInstance, FastifyReply } from 'fastify';
import { encodeEntries, HASH_BYTES, parseTilePath, TILE_WIDTH, type TileRequest } from '@hetao/proofs';
import { rawRoute } from '@hetao/runtime';
import type { LogQueries } from './log.queries.js';

const PREFIX = '/v1/attestation-log';
/** What was once served under a tile's path never changes. */
const IMMUTABLE = 'public, max-age=31536000, immutable';

/**
 * The log as files, so that any cache or mirror can carry it (C2SP tlog-tiles): `checkpoint`, `tile/<level>/<index>`
 * and `tile/entries/<index>`.
 */
export function mountTiles(fastify: FastifyInstance, log: LogQueries): void {
  fastify.get(`${PREFIX}/checkpoint`, { config: rawRoute.public }, async (_request, reply) => {
    const { note } = await log.head();
    return sendNote(reply, note);
  });
  fastify.get(`${PREFIX}/checkpoint/witnessed`, { config: rawRoute.public }, async (_request, reply) => {
    const checkpoint = await log.witnessed();
    return checkpoint === null ? notThere(reply) : sendNote(reply, checkpoint.note);
  });
  fastify.get(`${PREFIX}/tile/*`, { config: rawRoute.public }, async (request, reply) => {
    const { '*': path } = request.params as { readonly '*': string };
    const asked = parseTilePath(path);
    const bytes = asked === undefined ? undefined : await read(log, asked);
    if (bytes === undefined) return notThere(reply);
    return reply.header('content-type', 'application/octet-stream').header('cache-control', IMMUTABLE).send(bytes);
  });
}

/** The tile or bundle in exactly the asked width; nothing while the log is too small for it. */
async function read(log: LogQueries, { level, index, width }: TileRequest): Promise<Buffer | undefined> {
  if (level === undefined) {
    const entries = await log.entries(index * TILE_WIDTH, width);
    return entries.length < width ? undefined : Buffer.from(encodeEntries(entries));
  }
  const [tile] = await log.tiles([{ level, index }]);
  const bytes = width * HASH_BYTES;
  return tile === undefined || tile.hashes.length < bytes ? undefined : Buffer.from(tile.hashes.subarray(0, bytes));
}

function sendNote(reply: FastifyReply, note: string): FastifyReply {
  return reply.header('content-type', 'text/plain; charset=utf-8').header('cache-control', 'no-cache').send(note);
}

function notThere(reply: FastifyReply): FastifyReply {
  reply.callNotFound();
  return reply;
}
