import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Route } from './route-table.js';
import { routingErrors, type RoutingError } from './routing.errors.js';

/** What a viewer may say at once; services have narrower limits of their own. */
const MAX_UPWARD_BYTES = 16 * 1024;
/** What a service may show at once: a whole screen of noise. */
const MAX_DOWNWARD_BYTES = 8 * 1024 * 1024;
const HANDSHAKE_MS = 5_000;

/**
 * Lets connections be switched over where the table says so. Everywhere else a wish for another protocol is passed over, and
 * the request is answered as any other (RFC 9110 7.8).
 */
export function admitStreams(fastify: FastifyInstance, table: readonly Route[]): void {
  const prefixes = table.filter(({ streams }) => streams === true).map(({ prefix }) => `${prefix}/`);
  const shouldUpgradeCallback = ({ url = '', headers }: IncomingMessage) =>
    headers.upgrade?.toLowerCase() === 'websocket' && prefixes.some((prefix) => url.startsWith(prefix));
  Object.assign(fastify.server, { shouldUpgradeCallback });
}

/**
 * A browser asks nobody before it opens a WebSocket for a page of another site, and sends our cookie along. What it does
 * send is where the page comes from (RFC 6455 10.2). A key is no cookie: it comes from who holds it.
 *
 * @returns STREAM_ORIGIN_WRONG for a stream that a page of ours did not open.
 */
export function strangeOrigin(request: FastifyRequest, publicUrl: string): RoutingError | undefined {
  const { origin, authorization, upgrade } = request.headers;
  if (upgrade === undefined || origin === publicUrl) return undefined;
  if (origin === undefined && authorization !== undefined) return undefined;
  return routingErrors.STREAM_ORIGIN_WRONG(`The page comes from ${origin ?? 'nowhere'}.`);
}

/** What the proxy has to know to pass a WebSocket on. The service is given the caller's name, never his cookie. */
export function streamOptions(dressed: (request: FastifyRequest) => Record<string, string | string[]>) {
  return {
    websocket: true as const,
    wsServerOptions: { maxPayload: MAX_UPWARD_BYTES, perMessageDeflate: false },
    wsClientOptions: {
      maxPayload: MAX_DOWNWARD_BYTES,
      perMessageDeflate: false,
      handshakeTimeout: HANDSHAKE_MS,
      // Called by the proxy for every connection; its type does not know it.
      rewriteRequestHeaders: (_headers: unknown, request: FastifyRequest) => dressed(request),
    },
  };
}
