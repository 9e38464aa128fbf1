import { randomBytes } from 'node:crypto';
import type { EventDefinition, ReceivedEvent, Topic } from '@hetao/events';
import { systemClock } from '@hetao/kernel';
import { openDatabase, UnitOfWork, type Database, type Tx } from '@hetao/persistence';
import { testDatabase, type TestDatabase } from '@hetao/testing';
import type { ConsumeOptions, Consumer, RetryPolicy, RunningRelay, Transport } from '../../src/index.js';
import { deadLetters, type DeadLetter } from '../../src/index.js';
import { countedOn, freshTopic, recordEffect, type Counted } from './counted.js';
import { proxyTo, type Proxy } from './proxy.js';
import { testMigrations } from './tables.js';

/** What a transport under test can do for the suite. */
export interface ContractTransport {
  readonly kind: Transport['kind'];
  /** A transport as a process of its own would make one. */
  create(options: TransportSettings): Transport;
  /** Makes the transport deliver an event again that was delivered already. */
  redeliver(orders: Database, eventId: string): Promise<void>;
  /** For child processes. */
  readonly brokers: readonly string[];
}

export interface TransportSettings {
  readonly topics: readonly Topic[];
  readonly drainWithinMs?: number;
  readonly onCrash: (error: Error) => void;
}

export interface StartOptions {
  readonly group?: string;
  readonly mode?: 'single' | 'batch';
  readonly policy?: RetryPolicy;
  readonly transport?: Transport;
  readonly handle?: (events: readonly ReceivedEvent<unknown>[], tx: Tx) => Promise<void>;
}

export interface Effect {
  readonly group: string;
  readonly event_id: string;
  readonly key: string;
  readonly n: number;
  readonly note: string;
}

export const QUICK: RetryPolicy = { attempts: 3, firstDelayMs: 10, longestDelayMs: 40 };

/** Two services that talk: `orders` publishes, `billing` handles. Each has its own database. */
export class Stage {
  readonly topic = freshTopic();
  readonly event: EventDefinition<Counted> = countedOn(this.topic);
  readonly group = `billing-${randomBytes(4).toString('hex')}`;
  readonly crashes: Error[] = [];
  readonly #open: (() => Promise<unknown>)[] = [];
  readonly #world: ContractTransport;
  readonly #drainWithinMs: number | undefined;
  readonly orders: TestDatabase;
  readonly billing: TestDatabase;
  #transport: Transport | undefined;
  #relay: Promise<RunningRelay> | undefined;

  private constructor(world: ContractTransport, orders: TestDatabase, billing: TestDatabase, drainWithinMs?: number) {
    this.#world = world;
    this.orders = orders;
    this.billing = billing;
    this.#drainWithinMs = drainWithinMs;
  }

  static async open(world: ContractTransport, options: { drainWithinMs?: number } = {}): Promise<Stage> {
    const [orders, billing] = await Promise.all([
      testDatabase({ schema: 'orders', entities: [], migrations: testMigrations }),
      testDatabase({ schema: 'billing', entities: [], migrations: testMigrations }),
    ]);
    return new Stage(world, orders, billing, options.drainWithinMs);
  }

  /** The transport of this process; made when first asked for, so that a child process can come before it. */
  get transport(): Transport {
    this.#transport ??= this.newTransport();
    return this.#transport;
  }

  /** Another one, as a second process would have. Closed with the stage. */
  newTransport(): Transport {
    const transport = this.#world.create({
      topics: [this.topic],
      onCrash: (error) => this.crashes.push(error),
      ...(this.#drainWithinMs === undefined ? {} : { drainWithinMs: this.#drainWithinMs }),
    });
    this.#open.unshift(() => transport.close());
    return transport;
  }

  /** Starts what carries the outbox of `orders` on, once. */
  relay(): Promise<RunningRelay> {
    this.#relay ??= this.transport.startRelay('orders', this.orders);
    return this.#relay;
  }

  /** The unit of work of `orders`. */
  uow(database: Database = this.orders): UnitOfWork {
    return new UnitOfWork(database, this.transport.outboxFor('orders', database), systemClock);
  }

  /** Commits one event and has it carried on. */
  async publish(key: string, n: number, note?: string): Promise<void> {
    await this.relay();
    await this.uow().run(async (tx) => tx.append(this.event, { key, n, note }));
  }

  consumeOptions(options: StartOptions = {}, database: Database = this.billing): ConsumeOptions {
    const { group = this.group, mode = 'single', policy = QUICK, transport = this.transport } = options;
    const handle = options.handle ?? ((events, tx) => this.record(events, tx, group));
    const uow = new UnitOfWork(database, transport.outboxFor('billing', database), systemClock);
    return { group, database, uow, policy, clock: systemClock, subscriptions: [{ event: this.event, mode, handle }] };
  }

  /** Starts a consumer of `billing`. */
  async consume(options: StartOptions = {}, database: Database = this.billing): Promise<Consumer> {
    await this.relay();
    const consumer = await (options.transport ?? this.transport).consume(this.consumeOptions(options, database));
    this.#open.unshift(() => consumer.stop());
    return consumer;
  }

  /** The effect of a handler that does nothing special. */
  async record(events: readonly ReceivedEvent<unknown>[], tx: Tx, group = this.group, note = ''): Promise<void> {
    for (const event of events) await recordEffect(tx, group, event, note);
  }

  /** The effects so far, in the order in which they happened. */
  async effects(group = this.group): Promise<Effect[]> {
    const sql =
      'SELECT consumer_group AS group, event_id, key, n, note FROM effects WHERE consumer_group = $1 ORDER BY position';
    return this.billing.withClient(async (client) => (await client.query<Effect>(sql, [group])).rows);
  }

  /** The numbers of one key in the order in which they were handled. */
  async numbersOf(key: string, group = this.group): Promise<number[]> {
    return (await this.effects(group)).filter((effect) => effect.key === key).map((effect) => effect.n);
  }

  parked(): Promise<readonly DeadLetter[]> {
    return deadLetters(this.billing).list();
  }

  redeliver(eventId: string): Promise<void> {
    return this.#world.redeliver(this.orders, eventId);
  }

  /** The same database over a line that can be cut. */
  async throughProxy(database: TestDatabase): Promise<{ proxy: Proxy; database: Database }> {
    const proxy = await proxyTo(database.url);
    const proxied = await openDatabase({
      url: proxy.url,
      schema: database.schema,
      entities: [],
      migrations: testMigrations,
      applicationName: 'proxied',
      poolSize: 6,
    });
    this.#open.push(async () => {
      await proxied.close();
      await proxy.close();
    });
    return { proxy, database: proxied };
  }

  async close(): Promise<void> {
    for (const close of this.#open) await close();
    await this.orders.close();
    await this.billing.close();
  }
}
