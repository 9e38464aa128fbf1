import type { JSONWebKeySet } from 'jose';
import type { Clock } from '@hetao/kernel';
import type { Transport } from '@hetao/messaging';
import type { EnvironmentRecord } from '../config/environment.js';
import { createLogger } from '../observe/logger.js';
import type { ServiceDefinition, SettingsSchema } from './service-definition.js';
import type { RunningService, ServiceLife } from './service-life.js';
import { prepareService } from './start-service.js';

/** Addresses of the hosted services by name, as far as they listen already. */
export type ServiceUrls = Readonly<Record<string, string>>;

/** What the services of one process share. */
export interface HostOptions {
  readonly transport: Transport;
  readonly callerKeys: JSONWebKeySet;
  /** The database of a service; one server with a database each is enough. */
  readonly databaseUrl: (service: string) => string;
  /** Who migrates a service's tables, where that is not the account of its URL. */
  readonly databaseOwnerUrl?: (service: string) => string | undefined;
  /** Raw settings of a service. Services are prepared in the order given, so the last one knows all other addresses. */
  readonly env: (service: string, urls: ServiceUrls) => EnvironmentRecord;
  /** Port of a service; any free one by default. */
  readonly port?: (service: string) => number;
  readonly host?: string;
  readonly logLevel?: string;
  readonly clock?: Clock;
  readonly databasePoolSize?: number;
  readonly shutdownTimeoutMs?: number;
  readonly onFatal?: (error: Error) => void;
}

/** Several services in one process. */
export interface HostedServices {
  readonly urls: ServiceUrls;
  readonly services: ReadonlyMap<string, RunningService>;
  /** Stops in reverse order, so the door closes before the rooms behind it. The transport is the caller's to close. */
  stop(): Promise<void>;
}

/**
 * Runs several services in this process, each with its own Nest application, port and database schema. All of them
 * listen behind a closed gate and join the transport before any is opened: no event is published before its readers
 * are known.
 *
 * @throws as startService; services already started are stopped again.
 */
export async function hostServices(
  definitions: readonly ServiceDefinition[],
  options: HostOptions,
): Promise<HostedServices> {
  const lives: ServiceLife[] = [];
  const urls: Record<string, string> = {};
  const stop = async (): Promise<void> => {
    for (const life of [...lives].reverse()) await life.stop();
  };
  try {
    for (const definition of definitions) {
      const life = await prepare(definition, options, urls);
      lives.push(life);
      await life.listen();
      urls[definition.name] = life.url;
    }
    await Promise.all(lives.map((life) => life.join()));
    await Promise.all(lives.map((life) => life.open()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { urls, services: new Map(lives.map((life) => [life.name, life])), stop };
}

function prepare(
  definition: ServiceDefinition<SettingsSchema>,
  options: HostOptions,
  urls: ServiceUrls,
): Promise<ServiceLife> {
  const { databaseUrl, databaseOwnerUrl, env, port, logLevel = 'info', ...shared } = options;
  return prepareService(definition, {
    ...shared,
    databaseUrl: databaseUrl(definition.name),
    databaseOwnerUrl: databaseOwnerUrl?.(definition.name),
    env: env(definition.name, urls),
    port: port?.(definition.name) ?? 0,
    logger: createLogger({ service: definition.name, level: logLevel }),
  });
}
