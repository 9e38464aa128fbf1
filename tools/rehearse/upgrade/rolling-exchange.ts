import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  exchangeEnvironment,
  exchangeServices,
  freePort,
  ServiceProcess,
  startKafka,
  type ExchangeService,
} from '@hetao/testing';
import { CrashingDatabase } from '../../chaos/src/crashing-database.js';
import { TcpProxy } from '../../exchange/tcp-proxy.js';
import { run } from './old-version.js';

const READY_WITHIN_MS = 240_000;
const RESTART_EVERY_MS = 500;

interface Place {
  /** Where the others find the service, whichever version answers there: what a Kubernetes service is. */
  readonly door: TcpProxy;
  readonly databaseUrl: string;
  process: ServiceProcess;
}

interface Below {
  readonly folder: string;
  readonly database: CrashingDatabase;
  readonly stop: () => Promise<void>;
  readonly environment: (databaseUrl: string) => Promise<Record<string, string>>;
}

/** The exchange as separate processes whose versions are exchanged one by one, as a rolling update does. */
export class RollingExchange {
  readonly #places = new Map<ExchangeService, Place>();

  private constructor(private readonly below: Below) {}

  /** Starts every service in the version of this folder. */
  static async start(version: string, folder: string): Promise<RollingExchange> {
    const database = await CrashingDatabase.start(join(folder, 'postgres'));
    const broker = await startKafka();
    const ports = Object.fromEntries(
      await Promise.all(exchangeServices.map(async (name) => [name, await freePort()] as const)),
    );
    const seedAccounts = await readFile(join(version, 'tools/demo/demo-accounts.json'), 'utf8');
    const exchange = new RollingExchange({
      ...{ folder, database },
      stop: async () => {
        await broker.stop();
        await database.stop();
      },
      environment: async (databaseUrl) => ({
        ...(await exchangeEnvironment({ brokers: broker.brokers, seedAccounts }, databaseUrl, ports)),
        // What a load balancer needs to look away.
        SHUTDOWN_DELAY_MS: '1000',
        RATE_LIMIT_ADDRESS: '1000000',
        RATE_LIMIT_KEY: '1000000',
        RATE_LIMIT_ORGANISATION: '1000000',
      }),
    });
    for (const name of exchangeServices) {
      const databaseUrl = await database.create(name);
      const process = await exchange.#begin(name, version, databaseUrl);
      const door = await TcpProxy.open(Number(new URL(process.url).port), ports[name]);
      exchange.#places.set(name, { door, databaseUrl, process });
    }
    await Promise.all([...exchange.#places.values()].map(({ process }) => becomesReady(process)));
    return exchange;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#place('gateway').door.port}`;
  }

  /** Runs SQL on metering's own rows. */
  readonly metering = {
    query: <R>(sql: string, params?: readonly unknown[]) => this.below.database.query<R>('metering', sql, params),
  };

  /** Brings a service's database to a version's state, while whatever serves goes on. */
  migrate(name: ExchangeService, version: string): Promise<void> {
    return this.#migrate(name, version, this.#place(name).databaseUrl);
  }

  /** Makes a database of nobody's in the state of a version. @returns its URL */
  async trial(name: ExchangeService, version: string): Promise<string> {
    const databaseUrl = await this.below.database.create(`${name}_trial`);
    await this.#migrate(name, version, databaseUrl);
    return databaseUrl;
  }

  /** Starts the other version beside the one that serves, sends new connections there, and lets the old one drain. */
  async roll(name: ExchangeService, version: string): Promise<void> {
    const place = this.#place(name);
    const successor = await this.#begin(name, version, place.databaseUrl);
    await becomesReady(successor);
    place.door.turnTo(Number(new URL(successor.url).port));
    await place.process.stop();
    place.process = successor;
  }

  async stop(): Promise<void> {
    const places = [...this.#places.values()];
    await Promise.all(places.map(({ process }) => process.stop()));
    await Promise.all(places.map(({ door }) => door.close()));
    await this.below.stop();
  }

  async #migrate(name: ExchangeService, version: string, databaseUrl: string): Promise<void> {
    const env = { PATH: process.env['PATH'] ?? '', ...(await this.below.environment(databaseUrl)) };
    await run(process.execPath, [join(version, 'apps', name, 'dist/main.js'), 'migrate'], version, env);
  }

  async #begin(name: ExchangeService, version: string, databaseUrl: string): Promise<ServiceProcess> {
    const process = new ServiceProcess({
      name,
      repositoryRoot: version,
      port: await freePort(),
      logFile: join(this.below.folder, `${name}.log`),
      // Both versions serve on the same tables: only the job migrates.
      environment: { ...(await this.below.environment(databaseUrl)), MIGRATE: this.#places.has(name) ? 'off' : 'auto' },
    });
    process.start();
    return process;
  }

  #place(name: ExchangeService): Place {
    const place = this.#places.get(name);
    if (!place) throw new Error(`${name} does not run.`);
    return place;
  }
}

/** Who ends before he is ready is started again, as Kubernetes does: versions of the past end when the broker is new. */
async function becomesReady(process: ServiceProcess): Promise<void> {
  const again = setInterval(() => process.start(), RESTART_EVERY_MS);
  try {
    await process.ready(READY_WITHIN_MS);
  } finally {
    clearInterval(again);
  }
}
