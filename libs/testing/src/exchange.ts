import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCallerKeys } from './caller-token.js';
import { ServiceProcess } from './service-process.js';
import { freePort } from './free-port.js';
import { emptyDatabase, type EmptyDatabase } from './postgres.js';

const RESTART_EVERY_MS = 500;

/** The services of an exchange that delivers from merchants' own machines: all but the sandbox. */
export const exchangeServices = [
  'catalog',
  'contracts',
  'metering',
  'settlement',
  'customs',
  'attestation',
  'gateway',
] as const;
export type ExchangeService = (typeof exchangeServices)[number];

export interface ExchangeOptions {
  readonly repositoryRoot: string;
  readonly brokers: readonly string[];
  /** JSON of the gateway's first accounts. */
  readonly seedAccounts: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** How long a first start may take, with every schema to be made; default a minute. */
  readonly readyWithinMs?: number;
  /** Starts again who ends himself meanwhile, as Kubernetes does. */
  readonly restartsWhoEnds?: boolean;
  /** A database for each service; without it, of the server that this Jest run shares. */
  readonly database?: (service: ExchangeService) => Promise<Pick<EmptyDatabase, 'url' | 'drop'>>;
}

/** The exchange as it is deployed: a process and a database a service, Kafka between them. */
export interface ExchangeProcesses {
  /** The gateway's address. */
  readonly url: string;
  readonly folder: string;
  readonly services: readonly ServiceProcess[];
  service(name: ExchangeService): ServiceProcess;
  stop(): Promise<void>;
}

/** Starts all services on fresh databases and waits until every one is ready. */
export async function startExchange(options: ExchangeOptions): Promise<ExchangeProcesses> {
  const folder = await mkdtemp(join(tmpdir(), 'hetao-exchange-'));
  const databases: Pick<EmptyDatabase, 'drop'>[] = [];
  const processes = new Map<ExchangeService, ServiceProcess>();
  const ports = Object.fromEntries(
    await Promise.all(exchangeServices.map(async (name) => [name, await freePort()] as const)),
  );
  const stop = async (): Promise<void> => {
    await Promise.all([...processes.values()].map((process) => process.stop()));
    await Promise.all(databases.map((database) => database.drop()));
    await rm(folder, { recursive: true, force: true });
  };
  for (const name of exchangeServices) {
    const database = await (options.database ?? emptyDatabase)(name);
    databases.push(database);
    processes.set(
      name,
      new ServiceProcess({
        name,
        repositoryRoot: options.repositoryRoot,
        logFile: join(folder, `${name}.log`),
        port: Number(ports[name]),
        environment: { ...(await exchangeEnvironment(options, database.url, ports)), ...options.environment },
      }),
    );
  }
  const service = (name: ExchangeService): ServiceProcess => {
    const process = processes.get(name);
    if (!process) throw new Error(`${name} is no service of the exchange`);
    return process;
  };
  try {
    for (const process of processes.values()) process.start();
    await Promise.all([...processes.values()].map((process) => becomesReady(process, options)));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: service('gateway').url, folder, services: [...processes.values()], service, stop };
}

async function becomesReady(
  process: ServiceProcess,
  { restartsWhoEnds, readyWithinMs }: ExchangeOptions,
): Promise<void> {
  const again = restartsWhoEnds === true ? setInterval(() => process.start(), RESTART_EVERY_MS) : undefined;
  try {
    await process.ready(readyWithinMs);
  } finally {
    clearInterval(again);
  }
}

/**
 * What a service of the exchange is told.
 *
 * @param ports where each service is reached by the others
 */
export async function exchangeEnvironment(
  { brokers, seedAccounts }: Pick<ExchangeOptions, 'brokers' | 'seedAccounts'>,
  databaseUrl: string,
  ports: Readonly<Record<string, number>>,
): Promise<Record<string, string>> {
  const keys = await testCallerKeys();
  const urls = exchangeServices.map(
    (name) => [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${ports[name]}`] as const,
  );
  return {
    TRANSPORT: 'kafka',
    KAFKA_BROKERS: brokers.join(','),
    DATABASE_URL: databaseUrl,
    CALLER_PUBLIC_KEY: JSON.stringify(keys.publicKeys),
    CALLER_PRIVATE_KEY: JSON.stringify(keys.privateKey),
    SESSION_SECRET: 'a-secret-that-only-the-tests-of-this-run-know',
    PUBLIC_URL: `http://127.0.0.1:${ports['gateway']}`,
    DEMO: '1',
    SEED_ACCOUNTS: seedAccounts,
    ...Object.fromEntries(urls.filter(([name]) => name !== 'GATEWAY_URL')),
  };
}
