import { DomainException } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import type pg from 'pg';
import { isInfrastructureFailure } from '../consumer/patience.js';
import { backoffMs, Interrupted, pause } from '../consumer/waiting.js';
import type { Logger } from '../logger.js';
import { messagingErrors } from '../messaging.errors.js';
import { advisoryKey } from '../outbox/advisory-keys.js';
import { untraced } from '../tracing.js';

const RECONNECT = { firstDelayMs: 50, longestDelayMs: 2_000 };
const RETRY_LOCK_MS = 100;

export interface OwnershipOptions {
  readonly database: Database;
  readonly service: string;
  readonly logger: Logger;
  /** How long to wait for a predecessor whose connections are just being closed. */
  readonly waitMs: number;
  /** Another process took over while our connection was lost. There is no way on. */
  readonly onTaken: (error: Error) => void;
}

/**
 * Keeps a second process out. Over the embedded transport the order of a key and the wake-ups live in this process's
 * memory, so two processes on one database would each do half the work in no order. The proof is an advisory lock on a
 * connection that is held for that alone; when the connection is lost the lock is taken again on a new one.
 */
export class Ownership {
  readonly #options: OwnershipOptions;
  readonly #released = new AbortController();
  #client: pg.PoolClient | undefined;
  #holding: Promise<void> | undefined;

  constructor(options: OwnershipOptions) {
    this.#options = options;
  }

  /** @throws DomainException DATABASE_SERVED_ELSEWHERE; errors of the database as they are */
  take(): Promise<void> {
    const first = Promise.withResolvers<void>();
    this.#holding = untraced(() => this.#keep(first));
    return first.promise;
  }

  /** The connection that holds the lock, for reads that must not wait for the pool; undefined while it is lost. */
  get client(): pg.PoolClient | undefined {
    return this.#client;
  }

  async release(): Promise<void> {
    this.#released.abort();
    await this.#holding;
  }

  /** Returns when released; throws when the connection is lost or somebody else holds the lock. */
  #hold(onHeld: () => void): Promise<void> {
    const { database, service } = this.#options;
    const key = advisoryKey('embedded-transport', database.schema).toString();
    return database.withClient(async (client) => {
      const lost = lossOf(client, this.#released.signal);
      await this.#lock(client, key, service);
      this.#client = client;
      try {
        onHeld();
        await lost;
      } finally {
        this.#client = undefined;
      }
      await client.query('SELECT pg_advisory_unlock($1)', [key]);
    });
  }

  async #lock(client: pg.PoolClient, key: string, service: string): Promise<void> {
    const deadline = performance.now() + this.#options.waitMs;
    for (;;) {
      const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [key]);
      if (rows[0]?.held === true) return;
      if (performance.now() >= deadline) {
        const detail = `The database of service "${service}" is in use by another process that hosts the same service.`;
        throw new DomainException(messagingErrors.DATABASE_SERVED_ELSEWHERE(detail));
      }
      await pause(RETRY_LOCK_MS, this.#released.signal);
    }
  }

  async #keep(first: PromiseWithResolvers<void>): Promise<void> {
    const { logger, service, onTaken } = this.#options;
    let heldOnce = false;
    let failures = 0;
    const held = (): void => {
      if (heldOnce) logger.info({ service }, 'This process holds its database again');
      heldOnce = true;
      failures = 0;
      first.resolve();
    };
    while (!this.#released.signal.aborted) {
      try {
        await this.#hold(held);
      } catch (error) {
        if (!heldOnce) return first.reject(error);
        if (error instanceof Interrupted || this.#released.signal.aborted) return;
        if (!isInfrastructureFailure(error)) return onTaken(error instanceof Error ? error : new Error(String(error)));
        failures += 1;
        logger.warn({ err: error, service, failures }, 'The connection that keeps other processes out was lost');
        await pause(backoffMs(failures, RECONNECT), this.#released.signal).catch(() => undefined);
      }
    }
  }
}

/** Resolves when released, rejects when the connection ends. */
function lossOf(client: pg.PoolClient, released: AbortSignal): Promise<void> {
  const loss = new Promise<void>((resolve, reject) => {
    client.once('error', reject);
    client.once('end', () => reject(new Error('Connection terminated')));
    if (released.aborted) resolve();
    released.addEventListener('abort', () => resolve(), { once: true });
  });
  // It may be lost before anybody waits for it.
  loss.catch(() => undefined);
  return loss;
}
