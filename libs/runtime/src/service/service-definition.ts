import type { Type } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { EntityClass, MigrationClass, Tenancy } from '@hetao/persistence';
import { messagingMigrations } from '@hetao/messaging';
import type { CallerResolver } from '../caller/caller-resolver.js';
import type { BodyParser } from '../http/body-parsers.js';
import { runtimeMigrations } from '../idempotency/idempotency-keys.migration.js';

/** The flat object of settings a service adds to the common ones. */
export type SettingsSchema = z.ZodObject<z.core.$ZodLooseShape>;

/** What a hook on the HTTP server may use: the parsed settings, and Nest's container for what it wires. */
export interface HttpContext<C> {
  readonly config: C;
  get<T>(token: Type<T> | symbol | string): T;
}

/** Everything that makes one service. The same value runs alone, inside the platform, and under test. */
export interface ServiceSpec<S extends SettingsSchema> {
  /** Lower-case word: schema, consumer group, metrics and traces are named after it. */
  readonly name: string;
  /** Root module: the features' modules. The runtime adds its global module beside it. */
  readonly module: Type<unknown>;
  /** The service's own settings, on top of the common ones. */
  readonly config: S;
  readonly entities: readonly EntityClass[];
  /** The service's own migrations in order; those of messaging and runtime run before them. */
  readonly migrations: readonly MigrationClass[];
  /** Which of its tables hold rows of single organisations; a migration makes their policies. */
  readonly tenancy?: Tenancy;
  /** PostgreSQL schema; the name by default. */
  readonly schema?: string;
  /** Media types beside application/json that the service reads. */
  readonly bodyParsers?: readonly BodyParser[];
  /** Longest work on one request before its client gets 503, in ms. Default 60 s. The work itself is not undone. */
  readonly handlerTimeoutMs?: number;
  /** How a request's caller is found; by default the signed identity that the gateway passes on. */
  readonly callerResolver?: Type<CallerResolver>;
  /**
   * Plugins and raw routes on the Fastify instance, before Nest's own routes. (A method, so that services with different
   * settings fit into one list: the runtime only ever hands a hook its own service's settings.)
   */
  configureHttp?(fastify: FastifyInstance, context: HttpContext<z.output<S>>): Promise<void> | void;
  /** True for the one that speaks for all: it serves /openapi.json, /v1/dead-letters and /v1/system itself. */
  readonly isDoor?: boolean;
}

/** A service, ready to be run, hosted or tested. Made by {@link defineService}. */
export interface ServiceDefinition<S extends SettingsSchema = SettingsSchema> extends ServiceSpec<S> {
  readonly schema: string;
  /** Every migration of its database, in order. */
  readonly allMigrations: readonly MigrationClass[];
}

const NAME = /^[a-z][a-z0-9-]{1,30}$/;

/** Declares a service. Throws RangeError at module load on a malformed name. */
export function defineService<S extends SettingsSchema>(spec: ServiceSpec<S>): ServiceDefinition<S> {
  if (!NAME.test(spec.name)) throw new RangeError(`Service name "${spec.name}" must be a lower-case word.`);
  return Object.freeze({
    ...spec,
    schema: spec.schema ?? spec.name.replaceAll('-', '_'),
    // A Set, since a service may also list the two explicitly.
    allMigrations: [...new Set([...messagingMigrations, ...runtimeMigrations, ...spec.migrations])],
  });
}
