import type { EventDefinition, ReceivedEvent, Topic } from '@hetao/events';
import type { Clock } from '@hetao/kernel';
import type { Database, OutboxWriter, Tx, UnitOfWork } from '@hetao/persistence';

/** Something that was started and can be stopped; repeating `stop` is harmless. */
export interface Stoppable {
  stop(): Promise<void>;
}

/** What carries one service's outbox on. */
export interface RunningRelay extends Stoppable {
  /** Not ready: committed events wait, safely, in the outbox. */
  health(): { readonly ready: boolean; readonly detail: string };
}

/** One handler of one consumer group. */
export interface Subscription {
  readonly event: EventDefinition<unknown>;
  /**
   * `single`: one event, one transaction. `batch`: as many consecutive events as are at hand in one transaction, for
   * high rates; when a batch fails its events are handled one by one so that only the culprit is parked.
   */
  readonly mode: 'single' | 'batch';
  /**
   * Applies the effect through `tx`, and only through it: then a redelivered event has its effect once. In `single`
   * mode the list holds exactly one event.
   */
  handle(events: readonly ReceivedEvent<unknown>[], tx: Tx): Promise<void>;
}

/** How often, and how patiently, a failing event is tried before it is parked as a dead letter. */
export interface RetryPolicy {
  /** Attempts in all, at least 1. */
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

/** Two to three seconds in all: enough for what passes by itself, short enough for the events that wait behind it. */
export const defaultRetryPolicy: RetryPolicy = { attempts: 6, firstDelayMs: 100, longestDelayMs: 5_000 };

export interface ConsumeOptions {
  /** Every group sees every event of the topics it subscribes to; members of one group share them. */
  readonly group: string;
  /** The consumer's own database: inbox, effects and dead letters live in it. */
  readonly database: Database;
  readonly uow: UnitOfWork;
  readonly subscriptions: readonly Subscription[];
  readonly policy?: RetryPolicy;
  readonly clock: Clock;
}

export interface ConsumerHealth {
  /** Joined, and progressing or idle. */
  readonly ready: boolean;
  /** One sentence for a person. */
  readonly detail: string;
  /** Events known to wait for this consumer: a lower bound. */
  readonly lag?: number;
}

export interface Consumer extends Stoppable {
  health(): ConsumerHealth;
  /** Takes nothing new, lets running handlers finish within a bound, gives the rest back. */
  stop(): Promise<void>;
}

/** How services talk. Business code cannot tell which transport it runs on. */
export interface Transport {
  readonly kind: 'embedded' | 'kafka';
  /** The writer that a service's UnitOfWork is given. */
  outboxFor(service: string, database: Database): OutboxWriter;
  /** Starts what carries the outbox on; call it when the migrations have run. */
  startRelay(service: string, database: Database): Promise<RunningRelay>;
  consume(options: ConsumeOptions): Promise<Consumer>;
  /**
   * Opens a log of packs: for rates at which a record an event would cost more than the event. Only transports that have
   * a log of their own offer it; where there is none, whoever would write a pack applies it at once.
   */
  openPackLog?(options: PackLogOptions): Promise<PackLog>;
  /** Stops everything this transport started. */
  close(): Promise<void>;
}

/** Many events as one record. What is inside is the service's own business. */
export interface Pack {
  readonly value: Buffer;
  readonly partition: number;
  readonly offset: bigint;
}

/** The note of what was applied, kept in the consumer's own database. */
export interface PackOffsets {
  /**
   * Locks the partition's note in the transaction and returns those packs that were not applied yet; the note moves past
   * all of them when the transaction commits. So a pack has its effect once, however often it is delivered.
   */
  claim(tx: Tx, packs: readonly Pack[]): Promise<readonly Pack[]>;
}

export interface PackLogOptions {
  readonly topic: Topic;
  readonly group: string;
  /**
   * Applies packs of one partition, in their order; must claim them in each transaction in which it does. A failure of
   * the infrastructure is waited out, any other one ends the process: a pack is never skipped.
   */
  apply(packs: readonly Pack[], offsets: PackOffsets): Promise<void>;
  /** Most bytes that are handed over at once, beyond a first pack. */
  readonly maxBytes: number;
}

/** Where a log ends at some moment. */
export interface PackLogEnds {
  /** Whose offsets these are: a cluster that was rebuilt begins anew. */
  readonly clusterId: string;
  /** Of each partition that holds records the offset that its next one will get. */
  readonly next: ReadonlyMap<number, bigint>;
}

/** A log that packs are appended to and applied from. */
export interface PackLog extends Consumer {
  /**
   * Appends a pack and resolves when every replica has it.
   *
   * @param key packs of one key lie in one partition, in order.
   * @throws DomainException BROKER_UNAVAILABLE; the pack may be in the log all the same.
   */
  append(key: string, value: Buffer): Promise<void>;
  /**
   * Every pack whose appending was confirmed before the call lies below these ends.
   *
   * @throws DomainException BROKER_UNAVAILABLE.
   */
  ends(): Promise<PackLogEnds>;
}
