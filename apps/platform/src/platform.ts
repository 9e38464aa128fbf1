import { attestationService } from '@hetao/attestation';
import { catalogService } from '@hetao/catalog';
import { contractsService } from '@hetao/contracts';
import { customsService } from '@hetao/customs';
import { gatewayService } from '@hetao/gateway';
import { createEmbeddedTransport } from '@hetao/messaging';
import { meteringService } from '@hetao/metering';
import { startEmbeddedPostgres } from '@hetao/persistence';
import {
  createLogger,
  hostServices,
  type EnvironmentRecord,
  type HostedServices,
  type ServiceUrls,
} from '@hetao/runtime';
import { sandboxService } from '@hetao/sandbox';
import { settlementService } from '@hetao/settlement';
import { exchangeKeys, type ExchangeKeys } from './exchange-keys.js';
import type { PlatformConfig } from './platform.config.js';

/** The gateway comes last: it is told where the others listen. */
const SERVICES = [
  catalogService,
  contractsService,
  meteringService,
  settlementService,
  customsService,
  attestationService,
  sandboxService,
  gatewayService,
];
const DATABASE = 'exchange';

export interface RunningPlatform {
  readonly url: string;
  stop(): Promise<void>;
}

interface PlatformDatabase {
  readonly url: (service: string) => string;
  /** Who owns the tables, where the services have accounts of their own. */
  readonly ownerUrl: string | undefined;
  stop(): Promise<void>;
}

/**
 * Starts the whole exchange in this process: PostgreSQL (its own, unless the configuration names one), the embedded
 * transport, and every service on a loopback port of its own behind the gateway.
 *
 * @param env the raw environment: a service's own settings pass through to it.
 */
export async function startPlatform(
  config: PlatformConfig,
  env: EnvironmentRecord,
  onFatal: (error: Error) => void,
): Promise<RunningPlatform> {
  const logger = createLogger({ service: 'platform', level: config.LOG_LEVEL });
  const keys = await exchangeKeys(config.DATA_DIR);
  const database = await openPostgres(config, (message) => logger.error({}, message));
  const transport = createEmbeddedTransport({ logger });
  const stopAll = async (hosted?: HostedServices): Promise<void> => {
    await hosted?.stop();
    await transport.close();
    await database.stop();
  };
  try {
    const hosted = await hostServices(SERVICES, {
      transport,
      callerKeys: keys.callerPublicKeys,
      databaseUrl: (service) => database.url(service),
      databaseOwnerUrl: () => database.ownerUrl,
      databasePoolSize: config.DATABASE_POOL_SIZE,
      env: (service, urls) => environmentOf(service, { config, env, keys, urls }),
      port: (service) => (service === 'gateway' ? config.PORT : 0),
      host: config.HOST,
      logLevel: config.LOG_LEVEL,
      onFatal,
    });
    return { url: hosted.urls['gateway'] ?? '', stop: () => stopAll(hosted) };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** A server of our own gives every service an account that sees its schema alone; a foreign one is used as it is given. */
async function openPostgres(config: PlatformConfig, onTrouble: (message: string) => void): Promise<PlatformDatabase> {
  const { DATABASE_URL: given } = config;
  if (given !== undefined) return { url: () => given, ownerUrl: undefined, stop: () => Promise.resolve() };
  const server = await startEmbeddedPostgres({ dataDir: `${config.DATA_DIR}/postgres`, durable: true, onTrouble });
  try {
    const ownerUrl = await server.createDatabase(DATABASE);
    const urls = new Map<string, string>();
    for (const { name } of SERVICES) urls.set(name, await server.createLogin(`hetao_${name}`, DATABASE));
    return { url: (service) => urls.get(service) ?? ownerUrl, ownerUrl, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

interface Surroundings {
  readonly config: PlatformConfig;
  readonly env: EnvironmentRecord;
  readonly keys: ExchangeKeys;
  readonly urls: ServiceUrls;
}

function environmentOf(service: string, around: Surroundings): EnvironmentRecord {
  const publicUrl = around.config.PUBLIC_URL ?? `http://localhost:${around.config.PORT}`;
  if (service === 'gateway') return gatewayEnvironment(publicUrl, around);
  if (service === 'sandbox') return { SANDBOX_DATA_DIR: `${around.config.DATA_DIR}/sandbox`, ...around.env };
  if (service !== 'contracts') return around.env;
  // What peers are told of where we are; behind the door, contracts cannot know.
  return {
    DATASPACE_ROOT_URL: `${publicUrl}/dsp`,
    DATASPACE_DELIVERY_URL: `${publicUrl}/v1/deliveries`,
    ...around.env,
  };
}

/** What only the door needs to know; anything the environment says itself wins. */
function gatewayEnvironment(publicUrl: string, { config, env, keys, urls }: Surroundings): EnvironmentRecord {
  return {
    PUBLIC_URL: publicUrl,
    SESSION_SECRET: keys.sessionSecret,
    ...env,
    DEMO: config.DEMO ? '1' : '0',
    CALLER_PRIVATE_KEY: JSON.stringify(keys.callerPrivateKey),
    CATALOG_URL: urls['catalog'],
    CONTRACTS_URL: urls['contracts'],
    METERING_URL: urls['metering'],
    SETTLEMENT_URL: urls['settlement'],
    CUSTOMS_URL: urls['customs'],
    ATTESTATION_URL: urls['attestation'],
    SANDBOX_URL: urls['sandbox'],
  };
}
