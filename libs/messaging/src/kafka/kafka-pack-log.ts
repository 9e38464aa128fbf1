import type { Tx } from '@hetao/persistence';
import { DomainException } from '@hetao/kernel';
import { lockNextOffset, storeNextOffset } from '../consumer/offsets.js';
import { Obstacle, patiently } from '../consumer/patience.js';
import type { LogPosition } from '../consumer/raw-event.js';
import { Interrupted, within } from '../consumer/waiting.js';
import type { Logger } from '../logger.js';
import { messagingErrors } from '../messaging.errors.js';
import type { ConsumerHealth, Pack, PackLog, PackLogEnds, PackLogOptions, PackOffsets } from '../transport.js';
import { Heartbeats } from './heartbeats.js';
import {
  CONSUMER_RETRY,
  type EachBatchPayload,
  type Kafka,
  type KafkaJsConsumer,
  type KafkaMessage,
  type Producer,
} from './kafka-client.js';
import { Membership } from './membership.js';
import { withAdmin } from './topics.js';

export interface PackLogSettings {
  readonly logger: Logger;
  readonly producer: () => Promise<Producer>;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly onCrash: (error: Error) => void;
}

const ALL_REPLICAS = -1;
const ACK_WITHIN_MS = 10_000;
/** How long a fetch waits for records; also what stopping may have to wait for. */
const FETCH_WAIT_MS = 250;
const COMMIT_EVERY_MS = 1_000;
const STOP_WITHIN_MS = 15_000;
/** So much is fetched of a partition at once: a few packs, so that one transaction serves them all. */
const FETCH_BYTES = 4 * 1024 * 1024;

/** A topic of packs, with the offsets of what was applied in the reader's own database. */
export class KafkaPackLog implements PackLog {
  readonly #kafka: Kafka;
  readonly #options: PackLogOptions;
  readonly #settings: PackLogSettings;
  readonly #consumer: KafkaJsConsumer;
  readonly #membership: Membership;
  readonly #obstacle = new Obstacle();
  readonly #stopping = new AbortController();
  readonly #lags = new Map<number, number>();
  #cluster: { readonly generation: number; readonly id: Promise<string> } | undefined;
  #stopped: Promise<void> | undefined;

  constructor(kafka: Kafka, options: PackLogOptions, settings: PackLogSettings) {
    const { logger, sessionTimeoutMs, rebalanceTimeoutMs, heartbeatIntervalMs, onCrash } = settings;
    this.#kafka = kafka;
    this.#options = options;
    this.#settings = settings;
    this.#membership = new Membership({
      ...{ group: options.group, logger, onCrash },
      silentAfterMs: 2 * sessionTimeoutMs,
      stopping: this.#stopping.signal,
    });
    this.#consumer = kafka.consumer({
      groupId: options.group,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: rebalanceTimeoutMs,
      heartbeatInterval: heartbeatIntervalMs,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      maxBytesPerPartition: FETCH_BYTES,
      allowAutoTopicCreation: false,
      retry: { ...CONSUMER_RETRY, restartOnFailure: (error) => this.#membership.mayRestart(error) },
    });
    this.#membership.follow(this.#consumer);
  }

  async start(): Promise<void> {
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [this.#options.topic.name], fromBeginning: true });
    const joined = this.#consumer.run({
      autoCommitInterval: COMMIT_EVERY_MS,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.#options.topic.partitions,
      eachBatch: (payload) => this.#eachBatch(payload),
    });
    joined.catch((error: unknown) => this.#settings.onCrash(asError(error)));
  }

  async append(key: string, value: Buffer): Promise<void> {
    try {
      const producer = await this.#settings.producer();
      const messages = [{ key, value }];
      await producer.send({ topic: this.#options.topic.name, messages, acks: ALL_REPLICAS, timeout: ACK_WITHIN_MS });
    } catch (error) {
      const detail = `The log did not confirm the pack: ${asError(error).message}`;
      throw new DomainException(messagingErrors.BROKER_UNAVAILABLE(detail), { cause: error });
    }
  }

  async ends(): Promise<PackLogEnds> {
    try {
      return await withAdmin(this.#kafka, async (admin) => {
        const { clusterId } = await admin.describeCluster();
        const offsets = await admin.fetchTopicOffsets(this.#options.topic.name);
        const filled = offsets.filter(({ high, low }) => BigInt(high) > BigInt(low));
        return { clusterId, next: new Map(filled.map(({ partition, high }) => [partition, BigInt(high)])) };
      });
    } catch (error) {
      const detail = `The log did not say where it ends: ${asError(error).message}`;
      throw new DomainException(messagingErrors.BROKER_UNAVAILABLE(detail), { cause: error });
    }
  }

  health(): ConsumerHealth {
    const lag = [...this.#lags.values()].reduce((sum, waiting) => sum + waiting, 0);
    const stopped = this.#stopping.signal.aborted ? 'stopped' : undefined;
    const trouble = stopped ?? this.#obstacle.reason ?? this.#membership.trouble;
    return { ready: trouble === undefined, detail: trouble ?? `member of group ${this.#options.group}`, lag };
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    const left = this.#consumer.disconnect().catch((error: unknown) => {
      this.#settings.logger.warn({ err: error }, 'The reader of packs could not leave its group in good order');
    });
    await within(STOP_WITHIN_MS, left);
  }

  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    const heartbeats = new Heartbeats(() => payload.heartbeat(), this.#settings.heartbeatIntervalMs);
    const signal = AbortSignal.any([this.#stopping.signal, heartbeats.signal]);
    try {
      await this.#workOff(payload, signal);
    } catch (error) {
      if (!(error instanceof Interrupted)) this.#settings.onCrash(asError(error));
    } finally {
      heartbeats.stop();
    }
    heartbeats.throwIfLost();
  }

  async #workOff(payload: EachBatchPayload, signal: AbortSignal): Promise<void> {
    const { batch } = payload;
    const generation = this.#membership.generation;
    const clusterId = await this.#clusterId(generation);
    const highWatermark = BigInt(batch.highWatermark);
    const place = { clusterId, topic: batch.topic, partition: batch.partition, highWatermark };
    const offsets = new NotedOffsets(this.#options.group, place, this.#settings.logger);
    const mayGoOn = (): boolean =>
      !signal.aborted && payload.isRunning() && !payload.isStale() && generation === this.#membership.generation;
    for (let done = 0; done < batch.messages.length && mayGoOn();) {
      const messages = portionOf(batch.messages, done, this.#options.maxBytes);
      const packs = messages.map((message) => toPack(message, batch.partition));
      const patience = { signal, logger: this.#settings.logger, obstacle: this.#obstacle };
      await patiently(() => this.#options.apply(packs, offsets), patience);
      done += messages.length;
      const last = packs.at(-1)?.offset ?? 0n;
      payload.resolveOffset(String(last));
      this.#lags.set(batch.partition, Number(highWatermark - last) - 1);
      await payload.commitOffsetsIfNecessary();
    }
  }

  /** Asked once per membership: a broker that was rebuilt in between has a new identity, and its offsets start anew. */
  #clusterId(generation: number): Promise<string> {
    if (this.#cluster?.generation === generation) return this.#cluster.id;
    const id = withAdmin(this.#kafka, async (admin) => (await admin.describeCluster()).clusterId);
    this.#cluster = { generation, id };
    id.catch(() => {
      this.#cluster = undefined;
    });
    return id;
  }
}

/** The note of one partition. */
class NotedOffsets implements PackOffsets {
  readonly #group: string;
  readonly #place: Omit<LogPosition, 'offset'>;
  readonly #logger: Logger;

  constructor(group: string, place: Omit<LogPosition, 'offset'>, logger: Logger) {
    this.#group = group;
    this.#place = place;
    this.#logger = logger;
  }

  async claim(tx: Tx, packs: readonly Pack[]): Promise<readonly Pack[]> {
    const [first, last] = [packs[0], packs.at(-1)];
    if (first === undefined || last === undefined) return packs;
    const next = await lockNextOffset(tx, this.#group, { ...this.#place, offset: first.offset }, this.#logger);
    const above = packs.filter((pack) => pack.offset >= next);
    if (above.length > 0) await storeNextOffset(tx, this.#group, { ...this.#place, offset: last.offset });
    return above;
  }
}

/** At least one message, and as many more as fit. */
function portionOf(messages: readonly KafkaMessage[], from: number, maxBytes: number): readonly KafkaMessage[] {
  let bytes = 0;
  let to = from;
  do {
    bytes += messages[to]?.value?.length ?? 0;
    to += 1;
  } while (to < messages.length && bytes + (messages[to]?.value?.length ?? 0) <= maxBytes);
  return messages.slice(from, to);
}

function toPack(message: KafkaMessage, partition: number): Pack {
  // A record without a value is no pack of ours; its reader finds it empty and says so.
  return { value: message.value ?? Buffer.alloc(0), partition, offset: BigInt(message.offset) };
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
