import type { Readable } from 'node:stream';
import httpProxy from '@fastify/http-proxy';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainException, type DomainError } from '@hetao/kernel';
import { rawRoute, traceHeaders } from '@hetao/runtime';
import { isSecure, serviceUrl, type GatewayConfig } from '../gateway.config.js';
import type { CallerRegister } from '../session/caller.register.js';
import { boundBody } from './body-limit.hook.js';
import type { Door } from './door.hook.js';
import { hasServiceToken, isOpen } from './open-paths.js';
import { Passports } from './passports.register.js';
import { headersForCaller, headersForService, type Headers } from './proxy-headers.js';
import { refuse } from './refusal.reply.js';
import { peerRoutes, routes, type Route, type ServiceName } from './route-table.js';
import { routingErrors } from './routing.errors.js';
import { admitStreams, strangeOrigin, streamOptions } from './stream.proxy.js';

/** A service on the same network that does not take a connection in this time is away. */
const CONNECT_MS = 2_000;
/** A stream may be silent this long before it counts as dead; services send a heartbeat more often. */
const SILENCE_MS = 90_000;

/** What the proxy needs of the rest of the door. */
export interface ProxyParts {
  readonly config: GatewayConfig;
  readonly door: Pick<Door, 'addressOf'>;
  readonly register: Pick<CallerRegister, 'of'>;
}

/** Puts every row of the route table that leads to a service on the server. */
export async function mountServices(
  fastify: FastifyInstance,
  parts: ProxyParts,
  table: readonly Route[] = routes,
): Promise<void> {
  const passports = { made: new Passports(parts.config.CALLER_PRIVATE_KEY), of: new WeakMap<object, string>() };
  admitStreams(fastify, table);
  for (const route of table) {
    if (route.service === 'gateway') continue;
    await mountRoute(fastify, { ...route, service: route.service }, parts, passports);
  }
  for (const route of peerRoutes) await mountRoute(fastify, route, parts, passports);
}

type ServiceRoute = Pick<Route, 'timeoutMs' | 'bodyLimitBytes' | 'streams'> & {
  readonly prefix: string;
  readonly service: ServiceName;
  /** Who comes here proves himself to the service. */
  readonly peers?: true;
};

async function mountRoute(
  fastify: FastifyInstance,
  route: ServiceRoute,
  { config, door, register }: ProxyParts,
  passports: { readonly made: Passports; readonly of: WeakMap<object, string> },
): Promise<void> {
  const upstream = serviceUrl(config, route.service);
  // No part of this exchange: its addresses do not exist.
  if (upstream === undefined) return;
  const scheme = isSecure(config) ? 'https' : 'http';
  const host = new URL(config.PUBLIC_URL).host;
  const dressed = (request: FastifyRequest, headers: Headers) => ({
    ...headersForService(headers, {
      caller: passports.of.get(request.raw),
      token: route.peers === true ? request.headers.authorization : tokenOf(request),
      requestId: String(request.headers['x-request-id']),
      address: door.addressOf(request),
      host,
      scheme,
    }),
    // No instrumentation knows the proxy's client: without these the service would begin a trace of its own.
    ...traceHeaders(),
  });
  await fastify.register(async (scope) => {
    // Bodies pass through unread; the parsers of the gateway's own routes stay outside of this scope.
    scope.removeAllContentTypeParsers();
    scope.addHook('preParsing', async (request, reply, payload) =>
      boundBody(request, reply, payload, route.bodyLimitBytes),
    );
    scope.addHook('preHandler', async (request, reply) => {
      if (route.peers === true) return;
      const caller = register.of(request);
      if (caller === undefined) {
        const path = pathOf(request.url);
        const hasToken = hasServiceToken(request.method, path, request.headers.authorization);
        if (hasToken || isOpen(request.method, path)) return;
        throw new Error('A request reached the proxy past the door.');
      }
      const fault = route.streams === true ? strangeOrigin(request, config.PUBLIC_URL) : undefined;
      if (fault !== undefined) return refuse(request, reply, fault);
      passports.of.set(request.raw, await passports.made.for(caller.identity));
    });
    await scope.register(httpProxy, {
      upstream,
      prefix: route.prefix,
      rewritePrefix: route.prefix,
      config: rawRoute.ownCheck(
        'The door admits known callers, and others to open paths and to peers’; the service checks all.',
      ),
      httpMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      ...(route.streams === true ? streamOptions((request) => dressed(request, {})) : {}),
      disableRequestLogging: true,
      destroyAgent: true,
      undici: {
        connections: config.PROXY_CONNECTIONS,
        connect: { timeout: CONNECT_MS },
        headersTimeout: route.timeoutMs,
        bodyTimeout: SILENCE_MS,
      },
      replyOptions: {
        // The plugin would repeat a GET up to ten times on 503.
        retryDelay: onceIfLeft,
        rewriteRequestHeaders: (request, headers) => dressed(request as FastifyRequest, headers as Headers),
        rewriteHeaders: (headers) => withoutUpstream(headersForCaller(headers as Headers), upstream),
        onError: (reply, { error }) => void explain(reply as FastifyReply, error, route),
      },
    });
  });
}

/** Of an address that the door has checked: nothing in it has to be resolved. */
function pathOf(url: string): string {
  const mark = url.indexOf('?');
  return mark < 0 ? url : url.slice(0, mark);
}

/** The token a service judges itself; anybody else's credentials stay here. */
function tokenOf({ method, url, headers }: FastifyRequest): string | undefined {
  return hasServiceToken(method, pathOf(url), headers.authorization) ? headers.authorization : undefined;
}

/** A service that names itself in Location would send the caller past the door. */
function withoutUpstream(
  headers: Record<string, string | string[]>,
  upstream: string,
): Record<string, string | string[]> {
  const { location } = headers;
  if (typeof location !== 'string' || !location.startsWith(`${upstream}/`)) return headers;
  return { ...headers, location: location.slice(upstream.length) };
}

interface Attempt {
  readonly err: Error | null;
  readonly req: { readonly method?: string };
  readonly res: unknown;
  readonly attempt: number;
}

/** What `res` is, where there is one; the plugin's types call it a reply of ours. */
interface ServiceAnswer {
  readonly statusCode: number;
  readonly headers: Headers;
  readonly stream: Readable;
}

/**
 * A read is sent once more (RFC 9110 section 9.2.2) when a service that is being replaced leaves it unanswered: it closes
 * what lies idle, now and then in the very moment in which it is used, or says with its last breath that it takes nothing
 * new. Whatever changes something is its caller's to repeat.
 */
function onceIfLeft({ err, req, res, attempt }: Attempt): number | null {
  if (attempt > 0 || (req.method !== 'GET' && req.method !== 'HEAD')) return null;
  const code: unknown = err ? Reflect.get(err, 'code') : undefined;
  const answer = res as ServiceAnswer | null | undefined;
  const isLeaving = answer?.statusCode === 503 && answer.headers['connection'] === 'close';
  // Nobody reads this answer any more; unread it would hold its connection.
  if (isLeaving) answer.stream.resume();
  return isLeaving || code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' ? 1 : null;
}

/** Nothing was sent to the service, so nothing can have happened there. */
const NEVER_REACHED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

async function explain(reply: FastifyReply, error: Error, { service }: ServiceRoute): Promise<void> {
  const { problem, status } = diagnose(error, service);
  await refuse(reply.request, reply, problem, status);
}

function diagnose(error: Error, service: ServiceName): { readonly problem: DomainError; readonly status?: number } {
  const cause: unknown = error.cause ?? error;
  if (cause instanceof DomainException) return { problem: cause.problem };
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  const meta = { service };
  if (NEVER_REACHED.has(code)) {
    return { problem: routingErrors.SERVICE_UNAVAILABLE(`${service} cannot be reached; nothing was done.`, { meta }) };
  }
  if (code === 'UND_ERR_HEADERS_TIMEOUT') {
    return { problem: routingErrors.SERVICE_TIMED_OUT(`${service} did not answer in time.`, { meta }), status: 504 };
  }
  const detail = `${service} closed the connection before it answered.`;
  return { problem: routingErrors.SERVICE_ANSWER_LOST(detail, { meta }), status: 502 };
}
