import { newId, type Clock } from '@hetao/kernel';
import type pg from 'pg';
import type { EntityManager } from 'typeorm';

/** What the transaction needs to know of an event definition. `parse` throws a DomainException on invalid data. */
export interface EventContract<T> {
  readonly type: string;
  readonly topic: { readonly name: string };
  key(data: T): string;
  parse(json: unknown): T;
}

/** An event that waits for its transaction to commit. */
export interface PendingEvent {
  /** `evt_…` */
  readonly id: string;
  readonly type: string;
  /** Name of the topic. */
  readonly topic: string;
  readonly key: string;
  /** JSON that its contract has accepted. */
  readonly data: unknown;
  /** When it was appended. */
  readonly time: Date;
  /** W3C Trace Context of the writer; the outbox fills it in when it is absent. */
  readonly traceparent?: string;
}

/** One open database transaction. It is passed on explicitly and dies with the callback that received it. */
export interface Tx {
  readonly manager: EntityManager;
  /** The raw client of this very transaction: COPY, cursors. Never release it, never end the transaction on it. */
  readonly client: pg.PoolClient;
  /** Runs SQL and returns its rows (also of `… RETURNING`). Errors are those of pg, with SQLSTATE in `code`. */
  query<R>(sql: string, params?: unknown[]): Promise<R[]>;
  /** Runs SQL and returns how many rows it touched. */
  execute(sql: string, params?: unknown[]): Promise<number>;
  /** Validates an event and publishes it if, and only if, the transaction commits. */
  append<T>(event: EventContract<T>, data: T): void;
  /** Runs after the commit; what it throws is reported as a warning and changes nothing. */
  onCommitted(callback: () => void): void;
}

/** The transport's side of a transaction. */
export interface OutboxWriter {
  /** Stores the events in the transaction; called once, as the last thing before the commit. */
  write(tx: Tx, events: readonly PendingEvent[]): Promise<void>;
  /** Told after the commit which topics have news. */
  committed(topics: ReadonlySet<string>): void;
}

/** A transaction that publishes more than this at once is a batch job that forgot to make batches. */
const MAX_EVENTS = 20_000;

/** The Tx that a unit of work hands out, with what only the unit of work may see. */
export class OpenTransaction implements Tx {
  readonly manager: EntityManager;
  readonly client: pg.PoolClient;
  readonly #clock: Clock;
  readonly #events: PendingEvent[] = [];
  readonly #callbacks: (() => void)[] = [];
  #closed = false;

  constructor(manager: EntityManager, client: pg.PoolClient, clock: Clock) {
    this.manager = manager;
    this.client = client;
    this.#clock = clock;
  }

  async query<R>(sql: string, params?: unknown[]): Promise<R[]> {
    this.#assertOpen();
    // pg types a row as whatever the caller names; the SQL beside it is the only proof.
    const { rows } = await this.client.query<R & pg.QueryResultRow>(sql, params);
    return rows;
  }

  async execute(sql: string, params?: unknown[]): Promise<number> {
    this.#assertOpen();
    const { rowCount } = await this.client.query(sql, params);
    return rowCount ?? 0;
  }

  append<T>(event: EventContract<T>, data: T): void {
    this.#assertOpen();
    if (this.#events.length >= MAX_EVENTS) {
      throw new Error(`One transaction may append ${MAX_EVENTS} events at most; split the work into batches.`);
    }
    const valid = event.parse(data);
    this.#events.push({
      id: newId('evt'),
      type: event.type,
      topic: event.topic.name,
      key: event.key(valid),
      data: valid,
      time: this.#clock.now(),
    });
  }

  onCommitted(callback: () => void): void {
    this.#assertOpen();
    this.#callbacks.push(callback);
  }

  get events(): readonly PendingEvent[] {
    return this.#events;
  }

  get callbacks(): readonly (() => void)[] {
    return this.#callbacks;
  }

  close(): void {
    this.#closed = true;
  }

  #assertOpen(): void {
    if (this.#closed) {
      throw new Error('This transaction has ended. Await everything that uses `tx` inside the callback of uow.run().');
    }
  }
}
