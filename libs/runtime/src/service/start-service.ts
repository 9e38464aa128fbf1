import type { JSONWebKeySet } from 'jose';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { systemClock, type Clock } from '@hetao/kernel';
import type { Transport } from '@hetao/messaging';
import { openDatabase, roleOf, type Database, type DatabaseTls } from '@hetao/persistence';
import { loadConfig } from '../config/load-config.js';
import type { EnvironmentRecord } from '../config/environment.js';
import { RequestUnitOfWork } from '../idempotency/request-unit-of-work.js';
import { createLogger } from '../observe/logger.js';
import { ServiceMetrics } from '../observe/metrics.js';
import { OpenApiDocument } from '../observe/openapi.controller.js';
import { Readiness } from '../observe/readiness.js';
import { createApplication } from './create-application.js';
import type { ServiceDefinition, SettingsSchema } from './service-definition.js';
import { ServiceLife, type RunningService } from './service-life.js';

/** What a service needs from outside: the same whether it runs alone, is hosted by the platform or is under test. */
export interface StartOptions<S extends SettingsSchema> {
  /** The account that the service works as. */
  readonly databaseUrl: string;
  /** The account that owns the tables and migrates; without it the service's own account does both. */
  readonly databaseOwnerUrl?: string | undefined;
  /** How both are reached; as it comes by default. */
  readonly databaseTls?: DatabaseTls | undefined;
  readonly transport: Transport;
  /** The gateway's public keys, by which callers are believed. */
  readonly callerKeys: JSONWebKeySet;
  /** The service's own settings, parsed; or give `env`. */
  readonly config?: z.output<S>;
  /** The service's own settings as raw texts; defaults fill the rest. */
  readonly env?: EnvironmentRecord;
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** `off` leaves pending migrations to somebody else and stays unready until they are done. Default `auto`. */
  readonly migrate?: 'auto' | 'off';
  readonly databasePoolSize?: number;
  /** How long the service goes on serving after /readyz said 503, in ms. Default 0. */
  readonly shutdownDelayMs?: number;
  /** Longest wait for requests and handlers in flight, in ms. Default 25 s. */
  readonly shutdownTimeoutMs?: number;
  /** Called once when a part that the service cannot live without has failed for good. */
  readonly onFatal?: (error: Error) => void;
}

/**
 * Starts a service: database, migrations, consumers, relay, then traffic.
 *
 * @returns once it serves; with `migrate: 'off'` and migrations pending it listens but answers 503 until they are done.
 * @throws ConfigError; DomainException of the database or broker that cannot be reached; Error for routes without a
 *   policy, a taken port, faults of the service's own modules. Whatever was opened is closed again.
 */
export async function startService<S extends SettingsSchema>(
  definition: ServiceDefinition<S>,
  options: StartOptions<S>,
): Promise<RunningService> {
  const life = await prepareService(definition, options);
  try {
    await life.listen();
    await life.join();
    await life.open();
    return life;
  } catch (error) {
    await life.stop();
    throw error;
  }
}

/** Everything of {@link startService} up to the point where the service would listen. */
export async function prepareService<S extends SettingsSchema>(
  definition: ServiceDefinition<S>,
  options: StartOptions<S>,
): Promise<ServiceLife> {
  const config = options.config ?? loadConfig(definition.config, options.env ?? {});
  const logger = options.logger ?? createLogger({ service: definition.name, level: 'warn' });
  const database = await openServiceDatabase(definition, options, logger);
  try {
    const clock = options.clock ?? systemClock;
    if ((options.migrate ?? 'auto') === 'auto') {
      await (options.databaseOwnerUrl === undefined ? database.migrate() : migrateService(definition, options, logger));
    }
    const outbox = options.transport.outboxFor(definition.name, database);
    const uow = new RequestUnitOfWork(database, outbox, clock);
    const metrics = new ServiceMetrics(definition.name);
    const readiness: Readiness = new Readiness({
      database,
      consumer: () => life.consumer,
      relay: () => life.relayState,
    });
    const { transport } = options;
    const openApi = new OpenApiDocument();
    const parts = { database, transport, uow, clock, config, logger, metrics, readiness, openApi };
    const app = await createApplication(definition, parts, options.callerKeys);
    const life: ServiceLife = new ServiceLife(definition.name, { ...parts, app }, options);
    return life;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** What opening and migrating a database take of the options of a service. */
export type DatabaseAccess = Pick<
  StartOptions<SettingsSchema>,
  'databaseUrl' | 'databaseOwnerUrl' | 'databaseTls' | 'databasePoolSize'
>;

/** Brings the database of a service up to date as its owner, who then lets the service's own account in. */
export async function migrateService<S extends SettingsSchema>(
  definition: ServiceDefinition<S>,
  { databaseUrl, databaseOwnerUrl = databaseUrl, databaseTls }: DatabaseAccess,
  logger: Logger,
): Promise<number> {
  const servingRole = databaseOwnerUrl === databaseUrl ? undefined : roleOf(databaseUrl);
  const access = { databaseUrl: databaseOwnerUrl, databaseTls, databasePoolSize: 2, servingRole };
  const owned = await openServiceDatabase(definition, access, logger);
  try {
    return await owned.migrate();
  } finally {
    await owned.close();
  }
}

/** Opens the database of a service with its entities and migrations. */
function openServiceDatabase<S extends SettingsSchema>(
  definition: ServiceDefinition<S>,
  access: DatabaseAccess & { readonly servingRole?: string | undefined },
  logger: Logger,
): Promise<Database> {
  return openDatabase({
    url: access.databaseUrl,
    tls: access.databaseTls,
    schema: definition.schema,
    entities: definition.entities,
    migrations: definition.allMigrations,
    applicationName: `hetao-${definition.name}`,
    poolSize: access.databasePoolSize ?? 10,
    tellsTenant: Object.keys(definition.tenancy?.isolated ?? {}).length > 0,
    servingRole: access.servingRole,
    onConnectionLost: (error) => logger.warn({ err: error }, 'An idle database connection was lost'),
  });
}
