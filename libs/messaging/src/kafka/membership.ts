import { backoffMs, pause } from '../consumer/waiting.js';
import type { Logger } from '../logger.js';
import { causesOf, type KafkaJsConsumer } from './kafka-client.js';

export interface MembershipOptions {
  readonly group: string;
  readonly logger: Logger;
  /** Without a sign of life from the group for longer, the consumer is not ready. */
  readonly silentAfterMs: number;
  /** Aborted when the consumer is being stopped: then it must not come back. */
  readonly stopping: AbortSignal;
  /** kafkajs gave up, or starts over again and again: the process should end. */
  readonly onCrash: (error: Error) => void;
}

/** kafkajs may start a consumer anew so often without joining in between. A lost broker does not count. */
const MAX_RESTARTS = 10;

/** A group's coordinator comes within seconds of its broker; asking more often would not bring it sooner. */
const RESTART_PAUSE = { firstDelayMs: 200, longestDelayMs: 5_000 };

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
  /** Starts in a row that did not lead into the group, for whatever reason. */
  #attempts = 0;
  #waitsFor: string | undefined;
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
    if (!this.#joined) return this.#waitsFor ?? 'joining its group';
    const silentMs = performance.now() - this.#lastSign;
    return silentMs > this.#options.silentAfterMs
      ? `no answer from the broker for ${Math.round(silentMs / 1000)} s`
      : undefined;
  }

  /**
   * Asked by kafkajs before it starts the consumer anew: says what is waited for and waits, longer each time in a row.
   *
   * @returns whether it may
   */
  async mayRestart(error: Error): Promise<boolean> {
    const { group, logger, stopping } = this.#options;
    if (stopping.aborted) return false;
    this.#attempts += 1;
    const inMs = Math.round(backoffMs(this.#attempts, RESTART_PAUSE));
    this.#waitsFor = `joining its group${hasNoCoordinator(error) ? ', which has no coordinator yet' : ''}: ${reasonOf(error)}`;
    logger.warn({ err: error, group, attempt: this.#attempts, inMs }, `The consumer starts over, ${this.#waitsFor}`);
    return pause(inMs, stopping).then(
      () => true,
      () => false,
    );
  }

  #sign(): void {
    this.#lastSign = performance.now();
  }

  #hasJoined(): void {
    this.#generation += 1;
    this.#joined = true;
    this.#restarts = 0;
    this.#attempts = 0;
    this.#waitsFor = undefined;
    this.#sign();
  }

  #hasLeft(): void {
    this.#joined = false;
  }

  #crashed(error: Error, restarts: boolean): void {
    const { group, logger, onCrash } = this.#options;
    this.#joined = false;
    if (!isConnectionError(error)) this.#restarts += 1;
    if (restarts && this.#restarts <= MAX_RESTARTS) return;
    logger.warn({ err: error, group, restarts: this.#restarts }, 'The consumer crashed');
    this.#crash = error;
    onCrash(error);
  }
}

/** What lies at the bottom of it: kafkajs wraps that in how often it tried. */
const reasonOf = (error: Error): string => causesOf(error).at(-1)?.message ?? error.message;

const hasNoCoordinator = (error: Error): boolean =>
  causesOf(error).some(({ name }) => name === 'KafkaJSGroupCoordinatorNotFound');

const isConnectionError = (error: Error): boolean => causesOf(error).some(({ name }) => CONNECTION_ERRORS.has(name));
