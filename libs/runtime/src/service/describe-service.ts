import { DiscoveryModule, InitializeOnPreviewAllowlist, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { recordRoutes } from '../caller/routes.js';
import { openApiOf } from '../http/openapi.js';
import { RuntimeModule, ServiceRoot } from './runtime.module.js';
import type { ServiceDefinition, SettingsSchema } from './service-definition.js';

/**
 * The OpenAPI 3.1 document of a service that is not started: its controllers are read, and nothing of it is constructed
 * (Nest's preview mode), so neither settings nor a database are needed.
 *
 * @returns the same document that the running service serves at /openapi.json
 */
export async function describeService<S extends SettingsSchema>(
  definition: ServiceDefinition<S>,
): Promise<OpenAPIObject> {
  // The routes are found by discovery, the one thing that has to be alive for it.
  InitializeOnPreviewAllowlist.add(DiscoveryModule);
  const adapter = new FastifyAdapter();
  recordRoutes(adapter.getInstance<FastifyInstance>());
  const root = ServiceRoot.of(RuntimeModule.described(), definition.module);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    preview: true,
    abortOnError: false,
    logger: false,
  });
  return openApiOf(app, definition.name);
}
