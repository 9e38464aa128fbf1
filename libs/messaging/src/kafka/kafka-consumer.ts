import { Dispatcher } from '../consumer/dispatcher.js';
import { Obstacle } from '../consumer/patience.js';
import type { RawEvent } from '../consumer/raw-event.js';
import { DeadLetterReplay } from '../consumer/replay.js';
import { Interrupted, within } from '../consumer/waiting.js';
import type { Logger } from '../logger.js';
import { defaultRetryPolicy, type ConsumeOptions, type Consumer, type ConsumerHealth } from '../transport.js';
import { Heartbeats } from './heartbeats.js';
import { CONSUMER_RETRY, type EachBatchPayload, type Kafka, type KafkaJsConsumer } from './kafka-client.js';
import { Membership } from './membership.js';
import { fromRecord } from './records.js';
import { withAdmin } from './topics.js';

export interface KafkaConsumerSettings {
  readonly logger: Logger;
  /** Without a heartbeat for so long a member counts as dead. */
  readonly sessionTimeoutMs: number;
  /** How long a rebalance waits for a member that is still handling an event. */
  readonly rebalanceTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** Partitions that are handled side by side. */
  readonly partitionsAtOnce: number;
  readonly drainWithinMs: number;
  readonly stuckAfterMs: number;
  readonly onCrash: (error: Error) => void;
}

const MAX_BATCH = 500;
/** How long a fetch waits for records; also what stopping may have to wait for. */
const FETCH_WAIT_MS = 500;
/** How often a finished offset is told to the broker while a long batch is worked off. */
const COMMIT_EVERY_MS = 1_000;

/** One member of a group. */
export class KafkaConsumer implements Consumer {
  readonly #kafka: Kafka;
  readonly #group: string;
  readonly #topics: readonly string[];
  readonly #settings: KafkaConsumerSettings;
  readonly #stopping = new AbortController();
  readonly #obstacle = new Obstacle();
  readonly #dispatcher: Dispatcher;
  readonly #replay: DeadLetterReplay;
  readonly #membership: Membership;
  readonly #consumer: KafkaJsConsumer;
  readonly #lags = new Map<string, number>();
  readonly #busySince = new Map<string, number>();
  #cluster: { readonly generation: number; readonly id: Promise<string> } | undefined;
  #crash: Error | undefined;
  #stopped: Promise<void> | undefined;

  constructor(kafka: Kafka, options: ConsumeOptions, settings: KafkaConsumerSettings) {
    const { group, uow, clock, policy = defaultRetryPolicy, database } = options;
    const { logger, sessionTimeoutMs } = settings;
    const subscriptions = new Map(options.subscriptions.map((subscription) => [subscription.event.type, subscription]));
    const scope = { group, system: 'kafka', uow, clock, policy, logger, obstacle: this.#obstacle, subscriptions };
    this.#kafka = kafka;
    this.#group = group;
    this.#topics = [...new Set(options.subscriptions.map((subscription) => subscription.event.topic.name))];
    this.#settings = settings;
    this.#dispatcher = new Dispatcher(scope);
    this.#replay = new DeadLetterReplay(database, scope, this.#stopping.signal);
    this.#membership = new Membership({
      group,
      logger,
      silentAfterMs: 2 * sessionTimeoutMs,
      stopping: this.#stopping.signal,
      onCrash: (error) => this.#crashed(error),
    });
    this.#consumer = this.#createConsumer();
    this.#membership.follow(this.#consumer);
  }

  #createConsumer(): KafkaJsConsumer {
    const { sessionTimeoutMs, rebalanceTimeoutMs, heartbeatIntervalMs } = this.#settings;
    return this.#kafka.consumer({
      groupId: this.#group,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: rebalanceTimeoutMs,
      heartbeatInterval: heartbeatIntervalMs,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      allowAutoTopicCreation: false,
      // A consumer that is being stopped must not come back: kafkajs would restart it after a failure on the way out.
      retry: { ...CONSUMER_RETRY, restartOnFailure: (error) => this.#membership.mayRestart(error) },
    });
  }

  /** Connects, and starts to join; reading begins when the group has given it partitions. */
  async start(): Promise<void> {
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [...this.#topics], fromBeginning: true });
    // kafkajs answers only when the group has let it in, which takes a session timeout when a member died just before.
    // The service has other work meanwhile (requests, its own events to send); health says that it is still joining.
    const joined = this.#consumer.run({
      autoCommitInterval: COMMIT_EVERY_MS,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.#settings.partitionsAtOnce,
      eachBatch: (payload) => this.#eachBatch(payload),
    });
    joined.catch((error: unknown) => this.#crashed(error));
    this.#replay.start((error) => this.#crashed(error));
  }

  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const partition = `${batch.topic}/${batch.partition}`;
    const heartbeats = new Heartbeats(() => payload.heartbeat(), this.#settings.heartbeatIntervalMs);
    try {
      const clusterId = await this.#clusterId();
      const highWatermark = BigInt(batch.highWatermark);
      const place = { clusterId, topic: batch.topic, partition: batch.partition, highWatermark };
      const events = batch.messages.map((message) => fromRecord(message, place));
      const signal = AbortSignal.any([this.#stopping.signal, heartbeats.signal]);
      await this.#workOff(partition, events, payload, signal);
    } finally {
      heartbeats.stop();
      this.#busySince.delete(partition);
    }
    heartbeats.throwIfLost();
  }

  async #workOff(partition: string, events: RawEvent[], payload: EachBatchPayload, signal: AbortSignal): Promise<void> {
    const generation = this.#membership.generation;
    const mayGoOn = (): boolean =>
      !signal.aborted && payload.isRunning() && !payload.isStale() && generation === this.#membership.generation;
    for (let done = 0; done < events.length && mayGoOn();) {
      const waiting = events.slice(done, done + MAX_BATCH);
      const portion = waiting.slice(0, this.#dispatcher.portion(waiting, MAX_BATCH));
      this.#busySince.set(partition, performance.now());
      if (!(await this.#dispatch(portion, signal))) return;
      done += portion.length;
      await this.#acknowledge(partition, portion.at(-1), payload);
    }
  }

  /** Returns false when it was interrupted: then nothing is acknowledged. */
  async #dispatch(events: readonly RawEvent[], signal: AbortSignal): Promise<boolean> {
    try {
      await this.#dispatcher.dispatch(events, signal);
      return true;
    } catch (error) {
      if (!(error instanceof Interrupted)) this.#crashed(error);
      return false;
    }
  }

  async #acknowledge(partition: string, last: RawEvent | undefined, payload: EachBatchPayload): Promise<void> {
    const position = last?.position;
    if (position === undefined) return;
    payload.resolveOffset(String(position.offset));
    this.#lags.set(partition, Number(position.highWatermark - position.offset) - 1);
    await payload.commitOffsetsIfNecessary();
  }

  /** Asked once per membership: a broker that was rebuilt in between has a new identity, and its offsets start anew. */
  #clusterId(): Promise<string> {
    const { generation } = this.#membership;
    if (this.#cluster?.generation !== generation) {
      const id = withAdmin(this.#kafka, async (admin) => (await admin.describeCluster()).clusterId);
      this.#cluster = { generation, id };
      id.catch(() => {
        this.#cluster = undefined;
      });
    }
    return this.#cluster?.id ?? this.#clusterId();
  }

  health(): ConsumerHealth {
    const lag = [...this.#lags.values()].reduce((sum, waiting) => sum + waiting, 0);
    const trouble = this.#trouble();
    return { ready: trouble === undefined, detail: trouble ?? `member of group ${this.#group}`, lag };
  }

  #trouble(): string | undefined {
    if (this.#crash) return `crashed: ${this.#crash.message}`;
    if (this.#stopping.signal.aborted) return 'stopped';
    if (this.#obstacle.reason !== undefined) return `waiting for the database: ${this.#obstacle.reason}`;
    const busyMs = performance.now() - Math.min(Infinity, ...this.#busySince.values());
    if (busyMs > this.#settings.stuckAfterMs) return `one event has been handled for ${Math.round(busyMs / 1000)} s`;
    return this.#membership.trouble;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    const { drainWithinMs, logger } = this.#settings;
    const left = Promise.all([this.#consumer.disconnect(), this.#replay.ended()]).catch((error: unknown) => {
      logger.warn({ err: error, group: this.#group }, 'The consumer could not leave its group in good order');
    });
    if (!(await within(drainWithinMs, left))) {
      logger.warn(
        { group: this.#group, drainWithinMs },
        'Handlers still run; their events come again, their effects once',
      );
    }
  }

  #crashed(cause: unknown): void {
    if (this.#crash || this.#stopping.signal.aborted) return;
    this.#crash = cause instanceof Error ? cause : new Error(String(cause));
    // Until the process ends nothing must be fetched again and again.
    void this.stop();
    this.#settings.onCrash(this.#crash);
  }
}
