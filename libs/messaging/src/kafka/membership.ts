import type { Logger } from '../logger.js';
import type { KafkaJsConsumer } from './kafka-client.js';

export interface MembershipOptions {
  readonly group: string;
  readonly logger: Logger;
  /** Without a sign of life from the group for longer, the consumer is not ready. */
  readonly silentAfterMs: number;
  /** kafkajs gave up, or starts over again and again: the process should end. */
  readonly onCrash: (error: Error) => void;
}

/** kafkajs may start a consumer anew so often without joining in between. A lost broker does not count. */
const MAX_RESTARTS = 10;

const CONNECTION_ERRORS = new Set([
  'KafkaJSConnectionError',
  'KafkaJSConnectionClosedError',
  'KafkaJSRequestTimeoutError',
  'KafkaJSBrokerNotFound',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSGroupCoordinatorNotFound',
]);

/** Follows a consumer through joining, rebalancing and crashing, by the events kafkajs emits. */
export class Membership {
  readonly #options: MembershipOptions;
  #generation = 0;
  #joined = false;
  #lastSign = 0;
  #restarts = 0;
  #crash: Error | undefined;

  constructor(options: MembershipOptions) {
    this.#options = options;
  }

  follow(consumer: KafkaJsConsumer): void {
    const { GROUP_JOIN, REBALANCING, DISCONNECT, STOP, CRASH, HEARTBEAT, FETCH, END_BATCH_PROCESS } = consumer.events;
    consumer.on(GROUP_JOIN, () => this.#hasJoined());
    for (const event of [REBALANCING, DISCONNECT, STOP] as const) consumer.on(event, () => this.#hasLeft());
    for (const event of [HEARTBEAT, FETCH, END_BATCH_PROCESS] as const) consumer.on(event, () => this.#sign());
    consumer.on(CRASH, ({ payload }) => this.#crashed(payload.error, payload.restart));
  }

  /** Counts joins: what was read under another number may belong to another member by now. */
  get generation(): number {
    return this.#generation;
  }

  /** Why the consumer is not a working member, or undefined when it is. */
  get trouble(): string | undefined {
    if (this.#crash) return `crashed: ${this.#crash.message}`;
    if (!this.#joined) return 'joining its group';
    const silentMs = Date.now() - this.#lastSign;
    return silentMs > this.#options.silentAfterMs
      ? `no answer from the broker for ${Math.round(silentMs / 1000)} s`
      : undefined;
  }

  #sign(): void {
    this.#lastSign = Date.now();
  }

  #hasJoined(): void {
    this.#generation += 1;
    this.#joined = true;
    this.#restarts = 0;
    this.#sign();
  }

  #hasLeft(): void {
    this.#joined = false;
  }

  #crashed(error: Error, restarts: boolean): void {
    const { group, logger, onCrash } = this.#options;
    this.#joined = false;
    if (!isConnectionError(error)) this.#restarts += 1;
    logger.warn(
      { err: error, group, restarts: this.#restarts },
      restarts ? 'The consumer starts over' : 'The consumer crashed',
    );
    if (restarts && this.#restarts <= MAX_RESTARTS) return;
    this.#crash = error;
    onCrash(error);
  }
}

function isConnectionError(error: Error): boolean {
  let current: unknown = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    if (CONNECTION_ERRORS.has(current.name)) return true;
    current = current.cause;
  }
  return false;
}
