import { RequestMethod, type INestApplication, type Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { keyDemandOf } from '../idempotency/key-demand.js';
import { ACCESS_METADATA, SCOPE_METADATA, type RawRoutePolicy, type RoutePolicy } from './route-policy.js';

// Nest's own metadata keys (`@nestjs/common` PATH_METADATA, METHOD_METADATA): its index does not export them.
const PATH_METADATA = 'path';
const METHOD_METADATA = 'method';

/** One route of a service and who may use it; `policy` is undefined where nobody declared one. */
export interface ServiceRoute {
  readonly method: string;
  /** Template, as in `/v1/products/:id`. */
  readonly path: string;
  /** `ProductController.list`, or `raw` for a route put on Fastify directly. */
  readonly handler: string;
  /** Name of the method: the OpenAPI operation id. */
  readonly operation: string;
  readonly policy: RoutePolicy | RawRoutePolicy | undefined;
  /** Whether a request under an Idempotency-Key may be repeated and has its effect once. */
  readonly honoursKey: boolean;
}

/** What the decorators on a handler and its controller declare; the handler's word goes first. */
export function policyOf(controller: object, handler: object): RoutePolicy | undefined {
  const access = ownOrInherited<RoutePolicy>(ACCESS_METADATA, controller, handler);
  if (access?.access !== 'callers') return access;
  return { ...access, scopes: ownOrInherited<readonly string[]>(SCOPE_METADATA, controller, handler) ?? [] };
}

/** Every route of a running application with its policy: walk it in a test and call each as each persona. */
export function routesOf(app: INestApplication): readonly ServiceRoute[] {
  const nestRoutes = app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ metatype }) => (typeof metatype === 'function' ? controllerRoutes(metatype as Type<object>) : []));
  const known = new Set(nestRoutes.map(routeKey));
  const raw = rawRoutesOf(app.getHttpAdapter().getInstance() as FastifyInstance);
  return [...nestRoutes, ...raw.filter((route) => !known.has(routeKey(route)))];
}

/**
 * Refuses to start a service with a route that nobody opened on purpose, or with two operations of one name (the
 * generated client could not tell them apart).
 *
 * @throws Error listing all of them.
 */
export function assertRoutesDeclared(routes: readonly ServiceRoute[]): void {
  const undeclared = routes.filter((route) => route.policy === undefined);
  const named = routes.filter((route) => route.handler !== 'raw');
  const twice = named.filter(
    (route, index) => named.findIndex((other) => other.operation === route.operation) !== index,
  );
  const faults = [
    ...undeclared.map((route) => `${describe(route)} has neither @Allow(…) nor @Public()`),
    ...twice.map((route) => `${describe(route)} shares the method name "${route.operation}" with another route`),
  ];
  if (faults.length > 0) throw new Error(`The routes are not fit to be served:\n  ${faults.join('\n  ')}`);
}

const rawRoutes = new WeakMap<object, ServiceRoute[]>();

/** Notes every route put on a Fastify instance from now on, Nest's and others. Call it before any is registered. */
export function recordRoutes(fastify: FastifyInstance): void {
  const routes: ServiceRoute[] = [];
  rawRoutes.set(fastify, routes);
  fastify.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) routes.push(rawRoute(route, method));
  });
}

function rawRoutesOf(fastify: FastifyInstance): readonly ServiceRoute[] {
  // Fastify adds a HEAD for each GET; it runs the same handler and the same guard.
  const routes = rawRoutes.get(fastify) ?? [];
  const gets = new Set(routes.filter((route) => route.method === 'GET').map((route) => route.path));
  return routes.filter((route) => route.method !== 'HEAD' || !gets.has(route.path));
}

function rawRoute(route: RouteOptions, method: string): ServiceRoute {
  const { hetaoPolicy } = (route.config ?? {}) as { readonly hetaoPolicy?: RawRoutePolicy };
  return { method, path: route.url, handler: 'raw', operation: '', policy: hetaoPolicy, honoursKey: false };
}

function controllerRoutes(controller: Type<object>): ServiceRoute[] {
  const prototype = controller.prototype as Record<string, object>;
  const bases = paths(Reflect.getMetadata(PATH_METADATA, controller));
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((operation) => {
    const handler = prototype[operation] as object;
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const subs = paths(Reflect.getMetadata(PATH_METADATA, handler));
    return bases.flatMap((base) =>
      subs.map((sub) => ({
        method: RequestMethod[method],
        path: joined(base, sub),
        handler: `${controller.name}.${operation}`,
        operation,
        policy: policyOf(controller, handler),
        honoursKey: keyDemandOf(handler) !== undefined,
      })),
    );
  });
}

function paths(metadata: unknown): readonly string[] {
  return ([metadata ?? ''].flat() as string[]).map(String);
}

function joined(...parts: readonly string[]): string {
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;
}

function ownOrInherited<T>(key: string, controller: object, handler: object): T | undefined {
  return (Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller)) as T | undefined;
}

function routeKey(route: ServiceRoute): string {
  return `${route.method} ${route.path}`;
}

function describe(route: ServiceRoute): string {
  return `${route.method} ${route.path} (${route.handler})`;
}
