import { createRequire } from 'node:module';
import type { ConnectionOptions } from 'node:tls';
import kafkajs from 'kafkajs';
import type { Kafka, SASLOptions } from 'kafkajs';
import type { Logger } from '../logger.js';

/**
 * The one file that knows kafkajs 2.2.4, its types included. The client is no longer maintained, so its known faults are
 * mended or contained here and in this folder, and replacing it stays a matter of this folder.
 */
export type {
  Admin,
  Consumer as KafkaJsConsumer,
  EachBatchPayload,
  IHeaders,
  Kafka,
  KafkaMessage,
  Message,
  Producer,
  TopicMessages,
} from 'kafkajs';

export interface KafkaClientOptions {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl?: boolean | ConnectionOptions;
  readonly sasl?: SASLOptions;
  readonly logger: Logger;
  /** How often an unanswered request or connection is tried again. Default 5. */
  readonly retries?: number;
}

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

/**
 * kafkajs asks its queue of waiting requests again after a delay that is negative when nothing waits; Node makes 1 ms of
 * it and the callback asks again: a spin of a thousand wake-ups a second per connection, for ever (kafkajs issue 1751).
 * With nothing waiting there is nothing to ask for, and whoever adds a request asks anyway.
 */
function mendTimerSpin(): void {
  const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
    prototype: RequestQueue;
  };
  const schedule = Reflect.get(prototype, 'scheduleCheckPendingRequests');
  if (typeof schedule !== 'function')
    throw new Error('This kafkajs has no scheduleCheckPendingRequests; look at the patch again.');
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this);
  };
}

mendTimerSpin();

interface Cluster {
  readonly brokerPool: { withBroker(ask: (place: unknown) => Promise<unknown>): Promise<unknown> };
  findGroupCoordinatorMetadata(group: object): Promise<unknown>;
}

/**
 * Who asks a broker that has just come up for the coordinator of his group is told that there is none yet. kafkajs drops
 * what it was told and ends the consumer for good. Given the cause again, it judges by that: what passes is tried anew,
 * a right that is missing ends the consumer, and either says why.
 */
function mendLostCause(): void {
  const { prototype } = createRequire(import.meta.url)('kafkajs/src/cluster') as { prototype: Cluster };
  const find = Reflect.get(prototype, 'findGroupCoordinatorMetadata');
  if (typeof find !== 'function')
    throw new Error('This kafkajs has no findGroupCoordinatorMetadata; look at the patch again.');
  prototype.findGroupCoordinatorMetadata = async function (this: Cluster, group: object): Promise<unknown> {
    const { brokerPool } = this;
    let told: unknown;
    const withBroker = (ask: (place: unknown) => Promise<unknown>): Promise<unknown> =>
      brokerPool.withBroker(async (place) => {
        try {
          return await ask(place);
        } catch (error) {
          told = error;
          throw error;
        }
      });
    const asking = Object.create(this, { brokerPool: { value: { withBroker } } }) as Cluster;
    try {
      return await find.call(asking, group);
    } catch (error) {
      if (error instanceof Error && error.name === 'KafkaJSGroupCoordinatorNotFound') error.cause = told;
      throw error;
    }
  };
}

mendLostCause();

/** A client; nothing is connected yet. */
export function createKafkaClient({ brokers, clientId, ssl, sasl, logger, retries = 5 }: KafkaClientOptions): Kafka {
  return new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    ...(ssl === undefined ? {} : { ssl }),
    // A copy: kafkajs notes in it whom it has become, password and all.
    ...(sasl === undefined ? {} : { sasl: { ...sasl } }),
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    retry: { ...CLIENT_RETRY, retries },
    logLevel: kafkajs.logLevel.WARN,
    logCreator: () => (entry) => forwardLog(logger, entry),
  });
}

// Spelt out, because kafkajs has other defaults when NODE_ENV is "test" and would then behave unlike production.
const CLIENT_RETRY = { initialRetryTime: 200, maxRetryTime: 2_000, multiplier: 2, factor: 0.2, retries: 5 };

/** For consumers: about 12 s of trying before kafkajs gives the connection up and starts the consumer anew. */
export const CONSUMER_RETRY = { ...CLIENT_RETRY, retries: 8 };

/** For producers: the relay has its own patience, so the client shall not sit on an open transaction for long. */
export const PRODUCER_RETRY = { ...CLIENT_RETRY, retries: 2 };

/** The partitioner of the Java client (murmur2 of the key): other producers' records of a key meet ours. */
export const javaPartitioner = kafkajs.Partitioners.DefaultPartitioner;

interface LogEntry {
  readonly namespace: string;
  readonly label: string;
  readonly log: { readonly message: string };
}

/**
 * kafkajs calls every refused connection an error, several times a second while a broker is away. Whether it is one is
 * decided, and said once an attempt, where it is dealt with.
 */
function forwardLog(logger: Logger, { namespace, label, log }: LogEntry): void {
  const { message, ...details } = log;
  const severe = (label === 'ERROR' || label === 'WARN') && namespace !== 'Connection' && namespace !== 'BrokerPool';
  logger[severe ? 'warn' : 'debug']({ kafka: namespace, ...details }, message);
}

/** The membership is void: the partitions may belong to somebody else by now. */
export function isRebalance(error: unknown): boolean {
  const type: unknown = error instanceof Error ? Reflect.get(error, 'type') : undefined;
  return typeof type === 'string' && REBALANCE_TYPES.has(type);
}

const REBALANCE_TYPES = new Set([
  'REBALANCE_IN_PROGRESS',
  'NOT_COORDINATOR_FOR_GROUP',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'FENCED_INSTANCE_ID',
]);

/** The broker refuses a record, and would again: it is too large or it is no record. */
export function isRefusedRecord(error: unknown): boolean {
  return causesOf(error).some((cause) => {
    const type: unknown = Reflect.get(cause, 'type');
    return typeof type === 'string' && REFUSED_TYPES.has(type);
  });
}

/** The broker does not know the account, or not by this password or mechanism. */
export function isRefusedSignIn(error: unknown): boolean {
  return causesOf(error).some(({ name }) => name === 'KafkaJSSASLAuthenticationError');
}

const MAX_CAUSES = 8;

/** An error and what it was caused by, down to the bottom. */
export function causesOf(error: unknown): Error[] {
  const causes: Error[] = [];
  for (let next = error; next instanceof Error && causes.length < MAX_CAUSES; next = next.cause) causes.push(next);
  return causes;
}

const REFUSED_TYPES = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'INVALID_TIMESTAMP']);
