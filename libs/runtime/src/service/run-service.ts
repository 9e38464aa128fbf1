import type { z } from 'zod';
import { DomainException } from '@hetao/kernel';
import { createEmbeddedTransport, createKafkaTransport, type Transport } from '@hetao/messaging';
import type { Logger } from 'pino';
import {
  commonSettings,
  databaseConfig,
  databaseTls,
  relationsBetween,
  tlsNeeds,
  type CommonConfig,
} from '../config/common-config.js';
import { environment, type EnvironmentRecord } from '../config/environment.js';
import { ConfigError, EXIT_CONFIG, loadConfig } from '../config/load-config.js';
import { createLogger } from '../observe/logger.js';
import { PortTakenError } from './listen.js';
import type { ServiceDefinition, SettingsSchema } from './service-definition.js';
import type { RunningService } from './service-life.js';
import { migrateService, startService } from './start-service.js';
import { superviseProcess } from './supervise.js';

/**
 * Runs one service as this process: configuration from the environment, signals, exit codes (0 stopped, 1 failed,
 * 64 wrong command, 78 wrong configuration). With the argument `migrate` it brings the database up to date and ends.
 */
export async function runService<S extends SettingsSchema>(definition: ServiceDefinition<S>): Promise<void> {
  const [command] = process.argv.slice(2);
  try {
    if (command === undefined) await serve(definition, environment());
    else if (command === 'migrate') await migrate(definition, environment());
    else fail(`Unknown command "${command}". Start without one to serve, or with "migrate".`, 64);
  } catch (error) {
    reportFailedStart(definition.name, error);
  }
}

/** All settings of a service out of an environment: the common ones, and its own apart. */
export function serviceConfig<S extends SettingsSchema>(
  definition: ServiceDefinition<S>,
  env: EnvironmentRecord,
): { readonly common: CommonConfig; readonly own: z.output<S> } {
  const schema = definition.config.safeExtend(commonSettings);
  const all = loadConfig(schema, env, relationsBetween) as Readonly<Record<string, unknown>>;
  const own = Object.keys(definition.config.shape).map((name) => [name, all[name]] as const);
  return { common: all as unknown as CommonConfig, own: Object.fromEntries(own) as z.output<S> };
}

async function serve<S extends SettingsSchema>(
  definition: ServiceDefinition<S>,
  env: EnvironmentRecord,
): Promise<void> {
  const { common, own } = serviceConfig(definition, env);
  const logger = createLogger({ service: definition.name, level: common.LOG_LEVEL });
  const running: RunningService[] = [];
  const supervision = superviseProcess(
    async () => {
      for (const service of running) await service.stop();
      await transport.close();
    },
    logger,
    common.SHUTDOWN_DELAY_MS + common.SHUTDOWN_TIMEOUT_MS,
  );
  const onFatal = (error: Error): void => supervision.fatal(error);
  const transport = transportFor(definition.name, common, { logger, onCrash: onFatal });
  const service = await startService(definition, {
    config: own,
    databaseUrl: common.DATABASE_URL,
    databaseOwnerUrl: common.DATABASE_OWNER_URL,
    databaseTls: databaseTls(common),
    databasePoolSize: common.DATABASE_POOL_SIZE,
    transport,
    callerKeys: common.CALLER_PUBLIC_KEY,
    host: common.HOST,
    port: common.PORT,
    migrate: common.MIGRATE,
    shutdownDelayMs: common.SHUTDOWN_DELAY_MS,
    shutdownTimeoutMs: common.SHUTDOWN_TIMEOUT_MS,
    logger,
    onFatal,
  });
  running.push(service);
  logger.info({ url: service.url, transport: transport.kind }, 'Serving');
}

async function migrate<S extends SettingsSchema>(
  definition: ServiceDefinition<S>,
  env: EnvironmentRecord,
): Promise<void> {
  const config = loadConfig(databaseConfig, env, tlsNeeds);
  const logger = createLogger({ service: definition.name, level: config.LOG_LEVEL });
  const access = {
    databaseUrl: config.DATABASE_URL,
    databaseOwnerUrl: config.DATABASE_OWNER_URL,
    databaseTls: databaseTls(config),
  };
  logger.info({ applied: await migrateService(definition, access, logger) }, 'The database is up to date');
}

/** Three may be lost before a consumer that lives is taken for dead. */
const HEARTBEATS_A_SESSION = 4;

interface TransportHooks {
  readonly logger: Logger;
  readonly onCrash: (error: Error) => void;
}

function transportFor(service: string, config: CommonConfig, hooks: TransportHooks): Transport {
  const options = { ...hooks, drainWithinMs: config.SHUTDOWN_TIMEOUT_MS };
  if (config.TRANSPORT === 'embedded') return createEmbeddedTransport(options);
  const { KAFKA_USERNAME: username, KAFKA_PASSWORD: password, KAFKA_SASL_MECHANISM: mechanism, KAFKA_CA: ca } = config;
  return createKafkaTransport({
    ...options,
    brokers: config.KAFKA_BROKERS ?? [],
    clientId: `hetao-${service}`,
    ssl: config.KAFKA_SSL && ca !== undefined ? { ca } : config.KAFKA_SSL,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
    heartbeatIntervalMs: config.KAFKA_SESSION_TIMEOUT_MS / HEARTBEATS_A_SESSION,
    ...(username === undefined || password === undefined ? {} : { sasl: { mechanism, username, password } }),
  });
}

/** One clear message for a person, no stack for what a person can mend. */
function reportFailedStart(service: string, error: unknown): void {
  if (error instanceof ConfigError) return fail(`${service} cannot start. ${error.message}`, EXIT_CONFIG);
  if (error instanceof PortTakenError) return fail(`${service} cannot start. ${error.message}`, 1);
  if (error instanceof DomainException) {
    const { title, detail, fix } = error.problem;
    return fail(`${service} cannot start. ${title}: ${detail}\n${fix}`, 1);
  }
  fail(`${service} cannot start.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, 1);
}

function fail(message: string, code: number): void {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
