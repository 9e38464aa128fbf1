import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';

/** What a service behind the door saw of one request. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: FastifyRequest['headers'];
  readonly body: string;
}

/** A small real service: it notes what arrives and answers as the test wants. */
export interface Upstream {
  readonly url: string;
  readonly seen: Seen[];
  readonly app: FastifyInstance;
  stop(): Promise<void>;
}

/** Starts one on 127.0.0.1; everything under /v1 is echoed unless `routes` says otherwise. */
export async function startUpstream(
  routes: (app: FastifyInstance) => void = () => undefined,
  port = 0,
): Promise<Upstream> {
  const app = fastify({ bodyLimit: 64 * 1024 * 1024, forceCloseConnections: true });
  const seen: Seen[] = [];
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('preHandler', async (request) => {
    const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
    seen.push({ method: request.method, url: request.url, headers: request.headers, body });
  });
  routes(app);
  app.all('/v1/*', async (request, reply) => {
    await reply
      .header('server', 'secret-make')
      .header('x-hetao-internal', '1')
      .header('set-cookie', 'hetao-session=planted')
      .header('etag', '"v3"')
      .send({ path: request.url, length: Buffer.isBuffer(request.body) ? request.body.length : 0 });
  });
  await app.listen({ port, host: '127.0.0.1' });
  const address = app.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${address.port}`, seen, app, stop: () => app.close() };
}
