import type { ConnectionOptions } from 'node:tls';
import { allTopics, type Topic } from '@hetao/events';
import { DomainException } from '@hetao/kernel';
import { isCertificateFailure, type Database, type OutboxWriter, type PendingEvent, type Tx } from '@hetao/persistence';
import { backoffMs, pause } from '../consumer/waiting.js';
import { silentLogger, type Logger } from '../logger.js';
import { messagingErrors } from '../messaging.errors.js';
import { locksFor, takeLocks } from '../outbox/outbox-locks.js';
import { insertRows, portions, toColumns } from '../outbox/outbox-rows.js';
import { Janitor, type Retention } from '../outbox/retention.js';
import type {
  ConsumeOptions,
  Consumer,
  PackLog,
  PackLogOptions,
  RunningRelay,
  Stoppable,
  Transport,
} from '../transport.js';
import {
  createKafkaClient,
  isRefusedSignIn,
  javaPartitioner,
  PRODUCER_RETRY,
  type Kafka,
  type KafkaClientOptions,
  type Producer,
} from './kafka-client.js';
import { KafkaConsumer } from './kafka-consumer.js';
import { KafkaPackLog } from './kafka-pack-log.js';
import { Relay, type RelaySettings } from './relay.js';
import { defaultTopicSettings, ensureTopics, type TopicSettings } from './topics.js';

export interface KafkaTransportOptions {
  /** `host:port` of some brokers; the others are learnt from them. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl?: boolean | ConnectionOptions;
  readonly sasl?: NonNullable<KafkaClientOptions['sasl']>;
  readonly logger?: Logger;
  /** A consumer cannot go on: the process should end. Default: throws it as uncaught. */
  readonly onCrash?: (error: Error) => void;
  /** Declared topics, for their number of partitions. Default: those of @hetao/events. */
  readonly topics?: readonly Topic[];
  readonly topicSettings?: Partial<TopicSettings>;
  /** Default 10 s: so long a service that was killed and came back waits for its dead self to be forgotten. */
  readonly sessionTimeoutMs?: number;
  /** Default 60 s. */
  readonly rebalanceTimeoutMs?: number;
  /** Default 2.5 s. */
  readonly heartbeatIntervalMs?: number;
  /** Partitions that one consumer handles side by side. Default 4. */
  readonly partitionsAtOnce?: number;
  /** How long to wait for a broker at start. Default 60 s. */
  readonly connectWithinMs?: number;
  /** How long `stop` waits for running handlers. Default 15 s. */
  readonly drainWithinMs?: number;
  /** A consumer that handles one event for longer is not ready. Default 5 min. */
  readonly stuckAfterMs?: number;
  readonly relay?: RelaySettings;
  readonly retention?: Retention;
}

/** Once applied a pack is in the database; a week is for looking into what went wrong. */
const PACK_TOPIC_SETTINGS: TopicSettings = {
  replicationFactor: -1,
  config: { 'retention.ms': String(7 * 24 * 3_600_000), 'max.message.bytes': '2097152' },
};
const OUTBOX_KEPT_MS = 7 * 24 * 3_600_000;
/** Of a topic that nobody declared: only tests have such. */
const UNDECLARED_PARTITIONS = 6;
const CONNECT_RETRY = { firstDelayMs: 200, longestDelayMs: 2_000 };

/** Carries events between processes through Apache Kafka: outbox, relay, topics, consumer groups. */
export function createKafkaTransport(options: KafkaTransportOptions): Transport {
  return new KafkaTransport(options);
}

function throwUncaught(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}

class KafkaTransport implements Transport {
  readonly kind = 'kafka';
  readonly #options: KafkaTransportOptions;
  readonly #logger: Logger;
  readonly #kafka: Kafka;
  readonly #inquiries: Kafka;
  readonly #topicSettings: TopicSettings;
  readonly #relays = new Map<Database, Relay>();
  readonly #stoppables = new Set<Stoppable>();
  readonly #closing = new AbortController();
  #producer: Promise<Producer> | undefined;
  /** Topics that are known to exist. */
  readonly #ensured = new Set<string>();

  constructor(options: KafkaTransportOptions) {
    const { brokers, clientId, ssl, sasl, logger = silentLogger } = options;
    this.#options = options;
    this.#logger = logger;
    this.#topicSettings = { ...defaultTopicSettings, ...options.topicSettings };
    const client = {
      brokers,
      clientId,
      logger,
      ...(ssl === undefined ? {} : { ssl }),
      ...(sasl === undefined ? {} : { sasl }),
    };
    this.#kafka = createKafkaClient(client);
    // Who asks about topics has patience of his own, with a bound that the client's must not exceed.
    this.#inquiries = createKafkaClient({ ...client, retries: 1 });
  }

  outboxFor(_service: string, database: Database): OutboxWriter {
    return {
      write: (tx, events) => writeRows(tx, events, database.schema),
      committed: () => this.#relays.get(database)?.wake(),
    };
  }

  startRelay(service: string, database: Database): Promise<RunningRelay> {
    const relay = new Relay({
      service,
      database,
      logger: this.#logger,
      producer: () => this.#connectedProducer(),
      ensureTopics: (names) => this.#ensure(names),
      onFailure: () => this.#ensured.clear(),
      ...this.#options.relay,
    });
    const retention = { outboxMs: OUTBOX_KEPT_MS, ...this.#options.retention };
    const janitor = new Janitor({ database, logger: this.#logger, keeps: 'published', ...retention });
    this.#relays.set(database, relay);
    relay.start();
    janitor.start();
    const running: RunningRelay = {
      health: () => relay.health(),
      stop: async () => {
        this.#stoppables.delete(running);
        this.#relays.delete(database);
        await Promise.all([relay.stop(), janitor.stop()]);
      },
    };
    this.#stoppables.add(running);
    return Promise.resolve(running);
  }

  async consume(options: ConsumeOptions): Promise<Consumer> {
    const { sessionTimeoutMs = 10_000, rebalanceTimeoutMs = 60_000, heartbeatIntervalMs = 2_500 } = this.#options;
    const { partitionsAtOnce = 4, drainWithinMs = 15_000, stuckAfterMs = 300_000 } = this.#options;
    await this.#whenReachable(() =>
      this.#ensure(options.subscriptions.map((subscription) => subscription.event.topic.name)),
    );
    const consumer = new KafkaConsumer(this.#kafka, options, {
      logger: this.#logger,
      sessionTimeoutMs,
      rebalanceTimeoutMs,
      heartbeatIntervalMs,
      partitionsAtOnce,
      drainWithinMs,
      stuckAfterMs,
      onCrash: this.#options.onCrash ?? throwUncaught,
    });
    await this.#whenReachable(() => consumer.start());
    this.#stoppables.add(consumer);
    return consumer;
  }

  async openPackLog(options: PackLogOptions): Promise<PackLog> {
    const { sessionTimeoutMs = 10_000, rebalanceTimeoutMs = 60_000, heartbeatIntervalMs = 2_500 } = this.#options;
    await this.#whenReachable(() => ensureTopics(this.#inquiries, [options.topic], PACK_TOPIC_SETTINGS, this.#logger));
    const log = new KafkaPackLog(this.#kafka, options, {
      logger: this.#logger,
      producer: () => this.#connectedProducer(),
      sessionTimeoutMs,
      rebalanceTimeoutMs,
      heartbeatIntervalMs,
      onCrash: this.#options.onCrash ?? throwUncaught,
    });
    await this.#whenReachable(() => log.start());
    this.#stoppables.add(log);
    return log;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#stoppables].map((started) => started.stop()));
    const producer = await this.#producer?.catch(() => undefined);
    await producer?.disconnect().catch(() => undefined);
  }

  /** Retries what needs a broker while none answers, for a bounded time. */
  async #whenReachable(work: () => Promise<void>): Promise<void> {
    const { brokers, connectWithinMs = 60_000 } = this.#options;
    const deadline = performance.now() + connectWithinMs;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        // Asking again would be answered alike.
        if (isRefusedSignIn(error) || isCertificateFailure(error))
          throw new DomainException(messagingErrors.BROKER_REFUSED(`${brokers.join(', ')}: ${reason}.`), {
            cause: error,
          });
        if (performance.now() > deadline) {
          const detail = `None of ${brokers.join(', ')} answered within ${connectWithinMs / 1000} s: ${reason}`;
          throw new DomainException(messagingErrors.BROKER_UNAVAILABLE(detail), { cause: error });
        }
        await pause(backoffMs(attempt, CONNECT_RETRY), this.#closing.signal);
      }
    }
  }

  async #ensure(names: readonly string[]): Promise<void> {
    const missing = [...new Set(names)].filter((name) => !this.#ensured.has(name));
    if (missing.length === 0) return;
    const declared = this.#options.topics ?? allTopics;
    const topics = missing.map(
      (name) => declared.find((topic) => topic.name === name) ?? { name, partitions: UNDECLARED_PARTITIONS },
    );
    await ensureTopics(this.#inquiries, topics, this.#topicSettings, this.#logger);
    for (const name of missing) this.#ensured.add(name);
  }

  #connectedProducer(): Promise<Producer> {
    this.#producer ??= this.#connect().catch((error: unknown) => {
      this.#producer = undefined;
      throw error;
    });
    return this.#producer;
  }

  async #connect(): Promise<Producer> {
    const producer = this.#kafka.producer({
      createPartitioner: javaPartitioner,
      allowAutoTopicCreation: false,
      retry: PRODUCER_RETRY,
    });
    await producer.connect();
    return producer;
  }
}

async function writeRows(tx: Tx, events: readonly PendingEvent[], schema: string): Promise<void> {
  await takeLocks(tx, locksFor(schema, events));
  for (const portion of portions(events)) await insertRows(tx, toColumns(portion));
}
