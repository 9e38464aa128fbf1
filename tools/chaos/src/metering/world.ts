import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { EntitlementGrantedV1 } from '@hetao/events';
import { deterministicId, systemClock } from '@hetao/kernel';
import { createEmbeddedTransport, createKafkaTransport, messagingMigrations, type Transport } from '@hetao/messaging';
import { openDatabase, UnitOfWork } from '@hetao/persistence';
import { CALLER_HEADER, generateCallerKeys, signCaller } from '@hetao/runtime';
import { freePort, startKafka } from '@hetao/testing';
import { CrashingDatabase } from '../crashing-database.js';
import type { VictimSettings } from './victim.js';

type KafkaBroker = Awaited<ReturnType<typeof startKafka>>;

export type TransportKind = 'kafka' | 'embedded';

/** The compiled victim, also where this file runs uncompiled. */
const root = fileURLToPath(new URL('../../../../', import.meta.url)).replace(/\.hetao\/dist\/$/, '');
const VICTIM = join(root, '.hetao/dist/tools/chaos/src/metering/victim.js');
const START_WITHIN_MS = 60_000;
const METERING = 'metering';

interface Parts {
  readonly database: CrashingDatabase;
  readonly broker: KafkaBroker | undefined;
  readonly dataDir: string;
  readonly keys: Awaited<ReturnType<typeof generateCallerKeys>>;
}

/** Metering in processes of its own, on a database and a broker that may be killed. */
export class ChaosWorld {
  readonly victims: Victim[] = [];

  private constructor(private readonly parts: Parts) {}

  get broker(): KafkaBroker | undefined {
    return this.parts.broker;
  }

  static async start(transport: TransportKind, services: number): Promise<ChaosWorld> {
    const dataDir = await mkdtemp(join(tmpdir(), 'hetao-chaos-'));
    const broker = transport === 'kafka' ? await startKafka() : undefined;
    const database = await CrashingDatabase.start(dataDir);
    const keys = await generateCallerKeys();
    const databaseUrl = await database.create(METERING);
    const world = new ChaosWorld({ database, broker, dataDir, keys });
    for (let index = 0; index < services; index += 1) {
      const victim = new Victim({
        databaseUrl,
        brokers: broker?.brokers ?? [],
        transport,
        port: await freePort(),
        callerKeys: keys.publicKeys,
      });
      world.victims.push(victim);
      await victim.start();
    }
    return world;
  }

  /** Lets metering know of agreements, as contracts would. */
  async grant(agreements: readonly { readonly agreementId: string; readonly merchantId: string }[]): Promise<void> {
    // Over the embedded transport a database is served by its own process alone: the projection is filled by hand.
    const transport: Transport = this.broker
      ? createKafkaTransport({ brokers: this.broker.brokers, clientId: 'contracts' })
      : createEmbeddedTransport();
    const contracts = await openDatabase({
      url: await this.parts.database.create('contracts'),
      schema: 'contracts',
      entities: [],
      migrations: messagingMigrations,
      applicationName: 'chaos',
      poolSize: 2,
    });
    await contracts.migrate();
    const uow = new UnitOfWork(contracts, transport.outboxFor('contracts', contracts), systemClock);
    await transport.startRelay('contracts', contracts);
    const granted = agreements.map(entitlement);
    if (this.broker)
      await uow.run((tx) => Promise.resolve(granted.forEach((one) => tx.append(EntitlementGrantedV1, one))));
    else await this.#fill(granted);
    await this.#known(granted.length);
    await transport.close();
    await contracts.close();
  }

  async #fill(granted: readonly EntitlementGrantedV1[]): Promise<void> {
    for (const one of granted) {
      await this.query(
        `INSERT INTO metering.entitlements (entitlement_id, agreement_id, product_id, merchant_id, buyer_id, meters,
                                            valid_from, valid_until, granted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          ...[one.entitlementId, one.agreementId, one.productId, one.merchantId, one.buyerId, [...one.meters]],
          ...[one.validFrom, one.validUntil, one.grantedAt],
        ],
      );
    }
  }

  async #known(count: number): Promise<void> {
    const deadline = Date.now() + START_WITHIN_MS;
    for (;;) {
      const [row] = await this.query<{ n: number }>('SELECT count(*)::int AS n FROM metering.entitlements');
      if (row?.n === count) return;
      if (Date.now() > deadline) throw new Error('Metering did not learn of the agreements.');
      await pause(50);
    }
  }

  /** Runs SQL on metering's database. */
  query<R>(sql: string, params: readonly unknown[] = []): Promise<readonly R[]> {
    return this.parts.database.query(METERING, sql, params);
  }

  async headers(organisationId: string, persona: 'merchant' | 'operator'): Promise<Record<string, string>> {
    const identity = { subject: 'chaos', organisationId, personas: [persona], scopes: [] };
    const caller = { ...identity, via: 'session' as const, displayName: 'Chaos' };
    return { [CALLER_HEADER]: await signCaller(caller, this.parts.keys.privateKey) };
  }

  /** Ends the database as a crash would, and starts it again where it was. */
  crashDatabase(): Promise<void> {
    return this.parts.database.crash();
  }

  async stop(): Promise<void> {
    for (const victim of this.victims) await victim.kill();
    await this.parts.database.stop();
    await this.broker?.stop();
    await rm(this.parts.dataDir, { recursive: true, force: true });
  }
}

/** A process of metering. */
export class Victim {
  #child: ChildProcess | undefined;
  #isServing = false;

  constructor(private readonly settings: VictimSettings) {}

  get url(): string {
    return `http://127.0.0.1:${this.settings.port}`;
  }

  /** It takes requests. */
  get isServing(): boolean {
    return this.#isServing && this.isRunning;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts it and waits until it serves; one that dies on the way (its database is away) is started again. */
  async start(): Promise<void> {
    const deadline = Date.now() + START_WITHIN_MS;
    while (Date.now() < deadline) if (await this.#startOnce()) return;
    throw new Error('A process of metering does not come up.');
  }

  #startOnce(): Promise<boolean> {
    const child = fork(VICTIM, {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    this.#isServing = false;
    child.send(this.settings);
    return new Promise((resolve) => {
      child.once('message', () => {
        this.#isServing = true;
        resolve(true);
      });
      child.once('exit', () => resolve(false));
    });
  }

  /** SIGKILL, and waits until the operating system says it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || !this.isRunning) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await gone;
  }
}

function entitlement({ agreementId, merchantId }: { agreementId: string; merchantId: string }): EntitlementGrantedV1 {
  return {
    entitlementId: deterministicId('ent', agreementId),
    agreementId,
    productId: deterministicId('prd', agreementId),
    merchantId,
    buyerId: 'org_buyer',
    meters: ['calls', 'bytes'],
    quota: null,
    purposes: ['chaos'],
    validFrom: '2026-01-01T00:00:00Z',
    validUntil: '2036-01-01T00:00:00Z',
    grantedAt: '2026-01-01T00:00:00Z',
  };
}
