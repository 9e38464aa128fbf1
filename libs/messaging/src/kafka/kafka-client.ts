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

/** A client; nothing is connected yet. */
export function createKafkaClient({ brokers, clientId, ssl, sasl, logger, retries = 5 }: KafkaClientOptions): Kafka {
  return new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
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
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    const type: unknown = Reflect.get(current, 'type');
    if (typeof type === 'string' && REFUSED_TYPES.has(type)) return true;
    current = current.cause;
  }
  return false;
}

const REFUSED_TYPES = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'INVALID_TIMESTAMP']);
