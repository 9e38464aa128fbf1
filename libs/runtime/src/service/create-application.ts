import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { JSONWebKeySet } from 'jose';
import { CallerGuard } from '../caller/caller.guard.js';
import { SignedCallerResolver, type CallerResolver } from '../caller/caller-resolver.js';
import { callerVerifier } from '../caller/caller-token.js';
import { TenantInterceptor } from '../caller/tenant.interceptor.js';
import { assertRoutesDeclared, routesOf } from '../caller/routes.js';
import { openApiOf } from '../http/openapi.js';
import { PageLinkInterceptor } from '../http/page-link.interceptor.js';
import { ProblemFilter } from '../http/problem.filter.js';
import { createServer } from '../http/server.js';
import { ValidationPipe } from '../http/validation.pipe.js';
import { nestLogger } from '../observe/logger.js';
import { RuntimeModule, ServiceRoot, type RuntimeParts } from './runtime.module.js';
import type { ServiceDefinition, SettingsSchema } from './service-definition.js';

/** Assembles Nest on Fastify for one service and checks its routes; nothing listens yet. */
export async function createApplication<S extends SettingsSchema>(
  definition: ServiceDefinition<S>,
  parts: RuntimeParts,
  callerKeys: JSONWebKeySet,
): Promise<NestFastifyApplication> {
  const adapter = createServer({
    ...parts,
    service: definition.name,
    bodyParsers: definition.bodyParsers ?? [],
    handlerTimeoutMs: definition.handlerTimeoutMs,
  });
  const root = ServiceRoot.of(RuntimeModule.with(parts, definition.isDoor ?? false), definition.module);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: nestLogger(parts.logger),
    // Bodies are read by our own bounded parsers; a failed start is reported by whoever started the service.
    bodyParser: false,
    abortOnError: false,
  });
  const resolver = definition.callerResolver
    ? app.get<CallerResolver>(definition.callerResolver)
    : new SignedCallerResolver(callerVerifier(callerKeys));
  app.useGlobalGuards(new CallerGuard(resolver, definition.name));
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter(parts.logger));
  app.useGlobalInterceptors(new TenantInterceptor(), new PageLinkInterceptor());
  parts.openApi.from(() => openApiOf(app, definition.name));
  await definition.configureHttp?.(adapter.getInstance<FastifyInstance>(), {
    config: parts.config as never,
    get: <T>(token: Type<T> | symbol | string) => app.get<T>(token),
  });
  await app.init();
  // Plugins put their routes on when they are loaded.
  await adapter.getInstance<FastifyInstance>().ready();
  assertRoutesDeclared(routesOf(app));
  return app;
}
