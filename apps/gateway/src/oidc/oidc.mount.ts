import type { FastifyInstance } from 'fastify';
import { rawRoute } from '@hetao/runtime';
import { isSecure, type GatewayConfig } from '../gateway.config.js';
import { OIDC_PATH, type OidcProvider } from './oidc.provider.js';

/** Puts the provider under /oidc. It reads bodies and writes answers by itself. */
export async function mountProvider(
  fastify: FastifyInstance,
  config: GatewayConfig,
  oidc: OidcProvider,
): Promise<void> {
  if (config.OIDC_ISSUER !== undefined) return;
  const publicHost = new URL(config.PUBLIC_URL).host;
  await fastify.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all(`${OIDC_PATH}/*`, { config: rawRoute.public }, async (request, reply) => {
      const answer = (await oidc.provider()).callback();
      reply.hijack();
      const { raw } = request;
      // The provider makes addresses from these: they state where the exchange is, never what a caller wrote.
      raw.headers.host = publicHost;
      raw.headers['x-forwarded-host'] = publicHost;
      raw.headers['x-forwarded-proto'] = isSecure(config) ? 'https' : 'http';
      // As Connect does when it mounts: the provider finds its own place in the difference of the two.
      const originalUrl = raw.url ?? OIDC_PATH;
      Object.assign(raw, { originalUrl, url: originalUrl.slice(OIDC_PATH.length) });
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) reply.raw.setHeader(name, value);
      }
      await answer(raw, reply.raw);
    });
    done();
  });
}
