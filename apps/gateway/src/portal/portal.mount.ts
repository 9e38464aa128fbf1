import type { FastifyInstance } from 'fastify';
import { rawRoute } from '@hetao/runtime';
import type { Visitors } from '../page/visitors.page.js';
import { encodingFor, type BuiltPortal } from './portal.files.js';
import type { PortalReply } from './portal.reply.js';

/** First segments that belong to programmes: what is missing there is a problem, never a page. */
const NOT_PAGES = /^\/(?:v1|dsp|oidc|assets|portal|identify|metrics|livez|readyz|problems)(?:\/|$)/;

/** Puts the portal on: its files, and its page on every address that nothing else answers. */
export async function mountPortal(fastify: FastifyInstance, portal: PortalReply, visitors: Visitors): Promise<void> {
  const built = await portal.built();
  if (built === undefined) return;
  mountFiles(fastify, built);
  // The portal itself knows its pages, and says so when there is none.
  fastify.get('/*', { config: rawRoute.public }, async (request, reply) => {
    const wantsPage = request.headers.accept?.includes('text/html') === true;
    const path = request.url.split('?', 1)[0] ?? '/';
    if (wantsPage && !NOT_PAGES.test(path)) await portal.send(request, reply, await visitors.of(request));
    else reply.callNotFound();
    return reply;
  });
}

/** Scripts, styles and pictures. Their names hold their hash, so a browser never asks twice. */
function mountFiles(fastify: FastifyInstance, { files }: BuiltPortal): void {
  fastify.get('/portal/*', { config: rawRoute.public }, (request, reply) => {
    const file = files.get((request.params as { readonly '*': string })['*']);
    if (file === undefined) return reply.callNotFound();
    const encoding = encodingFor(file, request.headers['accept-encoding']);
    void reply.headers({
      'content-type': file.mediaType,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(encoding && { 'content-encoding': encoding }),
    });
    return reply.send((encoding && file.encoded.get(encoding)) ?? file.content);
  });
}
