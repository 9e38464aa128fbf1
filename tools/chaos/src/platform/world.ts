import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort, startExchange, startKafka, type ExchangeProcesses, type ExchangeService } from '@hetao/testing';
import { TcpProxy } from '../../../exchange/tcp-proxy.js';
import { CrashingDatabase } from '../crashing-database.js';
import { Clocks } from './clocks.js';
import type { Line } from './fault-plan.js';
import { SmallDisk } from './small-disk.js';

/** The repository, also where this file runs uncompiled. */
const root = fileURLToPath(new URL('../../../../', import.meta.url)).replace(/\.hetao\/dist\/$/, '');
const LOOK_EVERY_MS = 100;
const READY_WITHIN_MS = 180_000;
/** Seven schemas are made at once, on a machine that may have other work. */
const START_WITHIN_MS = 240_000;
/** A member that was killed is missed after six seconds, so that a campaign is not a wait for time-outs. */
const ENVIRONMENT = {
  KAFKA_SESSION_TIMEOUT_MS: '6000',
  DATABASE_POOL_SIZE: '8',
  RATE_LIMIT_ADDRESS: '1000000',
  RATE_LIMIT_KEY: '1000000',
  RATE_LIMIT_ORGANISATION: '1000000',
};

type Broker = Awaited<ReturnType<typeof startKafka>>;

interface Parts {
  readonly folder: string;
  /** Undefined where nothing may be mounted. */
  readonly disk: SmallDisk | undefined;
  readonly clocks: Clocks;
  readonly database: CrashingDatabase;
  readonly broker: Broker;
  readonly lines: ReadonlyMap<Line, TcpProxy>;
  readonly exchange: ExchangeProcesses;
}

/** The exchange as it is deployed, with a proxy of ours on every way to database and broker. */
export class PlatformWorld {
  /** Who is down on purpose, and not to be started just now. */
  readonly #held = new Set<ExchangeService>();
  readonly #keeper: NodeJS.Timeout;
  /** Processes that were not running and were started again: those killed, and those that ended themselves. */
  restarts = 0;

  private constructor(private readonly parts: Parts) {
    this.#keeper = setInterval(() => this.#startWhoIsDown(), LOOK_EVERY_MS);
  }

  static async start(): Promise<PlatformWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'hetao-chaos-'));
    const clocks = await Clocks.in(join(folder, 'clocks'));
    const disk = await SmallDisk.at(await made(join(folder, 'disk')));
    const database = await CrashingDatabase.start(join(folder, 'disk'));
    const brokerPort = await freePort();
    const lines = new Map<Line, TcpProxy>([['broker', await TcpProxy.open(brokerPort)]]);
    const brokerLine = `127.0.0.1:${lines.get('broker')?.port}`;
    // Clients go where the broker says it is: at the proxy.
    const settings = { 'advertised.listeners': `PLAINTEXT://${brokerLine}` };
    const broker = await startKafka({ port: brokerPort, settings, startWithinMs: START_WITHIN_MS });
    const exchange = await startExchange({
      repositoryRoot: root,
      brokers: [brokerLine],
      seedAccounts: await readFile(join(root, 'tools/demo/demo-accounts.json'), 'utf8'),
      environment: { ...ENVIRONMENT, ...clocks.environment(root) },
      ...{ readyWithinMs: START_WITHIN_MS, restartsWhoEnds: true },
      database: async (service) => {
        const line = await TcpProxy.open(database.port);
        lines.set(service, line);
        const url = Object.assign(new URL(await database.create(service)), { port: String(line.port) }).href;
        return { url, drop: () => line.close() };
      },
    });
    return new PlatformWorld({ ...{ folder, clocks, disk }, database, broker, lines, exchange });
  }

  get url(): string {
    return this.parts.exchange.url;
  }

  /** Past the proxy: who delivers old events must not be cut off with the rest. */
  get brokers(): readonly string[] {
    return this.parts.broker.brokers;
  }

  get services() {
    return this.parts.exchange.services;
  }

  /** Runs SQL on metering's own rows. */
  readonly metering = {
    query: <R>(sql: string, params?: readonly unknown[]) => this.parts.database.query<R>('metering', sql, params),
  };

  service(name: ExchangeService) {
    return this.parts.exchange.service(name);
  }

  line(name: Line): TcpProxy {
    const line = this.parts.lines.get(name);
    if (!line) throw new Error(`There is no line of ${name}.`);
    return line;
  }

  /** SIGKILL; it stays down until it is given back. */
  async kill(name: ExchangeService): Promise<void> {
    this.#held.add(name);
    await this.service(name).kill();
  }

  giveBack(name: ExchangeService): void {
    this.#held.delete(name);
  }

  crashDatabase(): Promise<void> {
    return this.parts.database.crash();
  }

  /** Whether the database has a disk of its own, which can be full. */
  get hasDisk(): boolean {
    return this.parts.disk !== undefined;
  }

  /** Nothing can be written for a while; a server that gave up over it is started again by whoever watches it. */
  async fillDisk(forMs: number): Promise<void> {
    const { disk } = this.parts;
    if (disk === undefined) return;
    await disk.fill();
    await pause(forMs);
    await disk.makeRoom();
  }

  /** Puts the wall clock of a service wrong by so many ms; 0 is right. */
  putClock(name: ExchangeService, byMs: number): Promise<void> {
    return this.parts.clocks.put(this.service(name), byMs);
  }

  killBroker(): Promise<void> {
    return this.parts.broker.kill();
  }

  restartBroker(): Promise<void> {
    return this.parts.broker.restart();
  }

  /** Waits until every process is ready. @returns after how many ms the last one was */
  async ready(): Promise<number> {
    const startedAt = performance.now();
    await Promise.all(
      this.services.map(async (service) => {
        this.#startWhoIsDown();
        await service.ready(READY_WITHIN_MS);
      }),
    );
    return performance.now() - startedAt;
  }

  async stop(): Promise<void> {
    clearInterval(this.#keeper);
    for (const service of this.services) service.signal('SIGCONT');
    await this.parts.exchange.stop();
    await this.parts.broker.stop();
    await this.line('broker').close();
    await this.parts.database.stop();
    await this.parts.disk?.remove();
    await rm(this.parts.folder, { recursive: true, force: true });
  }

  /** What Kubernetes does: a process that ended is started again. */
  #startWhoIsDown(): void {
    for (const service of this.services) {
      if (service.running || this.#held.has(service.name as ExchangeService)) continue;
      this.restarts += 1;
      service.start();
    }
  }
}

async function made(folder: string): Promise<string> {
  await mkdir(folder);
  return folder;
}
