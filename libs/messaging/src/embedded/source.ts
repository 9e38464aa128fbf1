import type { Database, OutboxWriter, PendingEvent, Tx } from '@hetao/persistence';
import type { Logger } from '../logger.js';
import { locksFor, takeLocks } from '../outbox/outbox-locks.js';
import { insertAndRoute, portions, toColumns, type TopicSubscription } from '../outbox/outbox-rows.js';
import { Ownership } from './ownership.js';
import { readSubscriptions, registerGroup, type Subscriptions } from './registration.js';

export interface SourceOptions {
  readonly service: string;
  readonly database: Database;
  readonly logger: Logger;
  readonly ownershipWaitMs: number;
  readonly onTaken: (error: Error) => void;
  readonly onOpened: (source: EmbeddedSource) => void;
  readonly onCommitted: (topics: ReadonlySet<string>) => void;
}

/** One service's outbox as the durable log that the groups of this process read. */
export class EmbeddedSource implements OutboxWriter {
  readonly service: string;
  readonly database: Database;
  readonly #options: SourceOptions;
  #ownership: Ownership | undefined;
  #opening: Promise<void> | undefined;
  #subscriptions: Subscriptions = { epoch: '', groupsByTopic: new Map() };

  constructor(options: SourceOptions) {
    this.service = options.service;
    this.database = options.database;
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#ownership !== undefined;
  }

  /** False while the connection is lost that keeps other processes out. */
  get isHeld(): boolean {
    return this.#ownership?.client !== undefined;
  }

  /** Takes the database for this process. @throws DomainException DATABASE_SERVED_ELSEWHERE */
  open(): Promise<void> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #open(): Promise<void> {
    const { logger, ownershipWaitMs: waitMs, onTaken } = this.#options;
    const { service, database } = this;
    const ownership = new Ownership({ database, service, logger, waitMs, onTaken });
    await ownership.take();
    try {
      this.#subscriptions = await database.withClient((client) => readSubscriptions(client, database.schema));
    } catch (error) {
      await ownership.release();
      throw error;
    }
    this.#ownership = ownership;
    this.#options.onOpened(this);
  }

  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined);
    await this.#ownership?.release();
    this.#ownership = undefined;
    this.#opening = undefined;
  }

  async write(tx: Tx, events: readonly PendingEvent[]): Promise<void> {
    await this.open();
    await takeLocks(tx, locksFor(this.database.schema, events));
    for (const portion of portions(events)) {
      const used = this.#subscriptions;
      const epoch = await insertAndRoute(tx, toColumns(portion), subscribed(used, portion));
      if (epoch !== used.epoch) await this.#routeAgain(tx, portion);
    }
  }

  committed(topics: ReadonlySet<string>): void {
    this.#options.onCommitted(topics);
  }

  async register(group: string, topics: readonly string[]): Promise<void> {
    await registerGroup(this.database, {
      group,
      topics,
      onRegistered: (subscriptions) => {
        this.#subscriptions = subscriptions;
      },
    });
  }

  /**
   * Somebody registered or removed a group behind our back. The open gate keeps others from doing so until this transaction ends,
   * and the list is read over the connection that no transaction uses: a pool that is drawn dry by writers that all wait
   * for one more connection would never recover, and this transaction's own snapshot may be too old to see the group.
   */
  async #routeAgain(tx: Tx, events: readonly PendingEvent[]): Promise<void> {
    const client = this.#ownership?.client;
    if (client === undefined) throw new Error('Connection terminated: subscriptions cannot be read now.');
    this.#subscriptions = await readSubscriptions(client, this.database.schema);
    const subscriptions = subscribed(this.#subscriptions, events);
    const params = [
      events.map((event) => event.id),
      subscriptions.map((subscription) => subscription.group),
      subscriptions.map((subscription) => subscription.topic),
    ];
    await tx.execute(UNROUTE_SQL, params);
    await tx.execute(ROUTE_SQL, params);
  }
}

const SUBSCRIPTION = 'unnest($2::text[], $3::text[]) AS subscription(consumer_group, topic)';

const UNROUTE_SQL = `
  DELETE FROM outbox_deliveries d USING outbox o
  WHERE o.id = ANY ($1::text[]) AND d.seq = o.seq
    AND (d.consumer_group, o.topic) NOT IN (SELECT consumer_group, topic FROM ${SUBSCRIPTION})`;

const ROUTE_SQL = `
  INSERT INTO outbox_deliveries (consumer_group, seq, lane)
  SELECT subscription.consumer_group, o.seq, o.lane FROM outbox o JOIN ${SUBSCRIPTION} USING (topic)
  WHERE o.id = ANY ($1::text[]) ON CONFLICT DO NOTHING`;

function subscribed({ groupsByTopic }: Subscriptions, events: readonly PendingEvent[]): TopicSubscription[] {
  const topics = new Set(events.map((event) => event.topic));
  return [...topics].flatMap((topic) => (groupsByTopic.get(topic) ?? []).map((group) => ({ group, topic })));
}
