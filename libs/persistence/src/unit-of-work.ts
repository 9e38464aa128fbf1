import { setTimeout as pause } from 'node:timers/promises';
import { DomainException, type Clock, type Result } from '@hetao/kernel';
import type pg from 'pg';
import type { QueryRunner } from 'typeorm';
import { databaseErrors } from './database.errors.js';
import { databaseFailure, isDatabaseUnavailable, isTransactionConflict } from './database-failure.js';
import type { Database } from './database.js';
import { messageOf } from './native-error.js';
import { asEveryTenant } from './tenancy/tenant-scope.js';
import { OpenTransaction, type OutboxWriter, type Tx } from './transaction.js';

export type IsolationLevel = 'read committed' | 'repeatable read' | 'serializable';

export interface TransactionOptions {
  /** Default `read committed`. */
  readonly isolation?: IsolationLevel;
  /** How often the work runs again after a serialization failure or a deadlock: 0 to 20, default 6. */
  readonly retries?: number;
}

const DEFAULT_RETRIES = 6;
const MAX_RETRIES = 20;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 500;

const ISOLATION_SQL = {
  'read committed': 'READ COMMITTED',
  'repeatable read': 'REPEATABLE READ',
  serializable: 'SERIALIZABLE',
} as const;

/** Carries an expected failure out of the transaction so that it rolls back; never seen outside `runResult`. */
class RolledBack<E> extends Error {
  readonly reason: E;

  constructor(reason: E) {
    super('The work returned an error.');
    this.reason = reason;
  }
}

/**
 * The one way to change the database. Everything the work does through its `tx`, and the events it appends, becomes
 * durable together or not at all.
 */
export class UnitOfWork {
  readonly #database: Database;
  readonly #outbox: OutboxWriter;
  readonly #clock: Clock;

  constructor(database: Database, outbox: OutboxWriter, clock: Clock) {
    this.#database = database;
    this.#outbox = outbox;
    this.#clock = clock;
  }

  /**
   * Runs the work in a transaction and commits; rolls back when it throws. When the database reports a conflict
   * (SQLSTATE 40001, 40P01) the work runs again from the start, so it must do nothing outside `tx` that cannot
   * be repeated.
   *
   * @throws what the work threw; errors of pg and TypeORM as they are (see `databaseFailure`); DomainException
   *   COMMIT_OUTCOME_UNKNOWN when the connection was lost after COMMIT had been sent.
   */
  async run<T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const retries = Math.min(Math.max(options.retries ?? DEFAULT_RETRIES, 0), MAX_RETRIES);
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#attempt(work, options.isolation);
      } catch (error) {
        if (attempt >= retries || !isTransactionConflict(error)) throw error;
        // The jitter keeps two rivals from meeting again at the same moment.
        const ceiling = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
        await pause(ceiling / 2 + Math.random() * (ceiling / 2));
      }
    }
  }

  /** As `run`, for work whose expected failures are values: an error result rolls back and is returned. */
  async runResult<T, E>(
    work: (tx: Tx) => Promise<Result<T, E>>,
    options: TransactionOptions = {},
  ): Promise<Result<T, E>> {
    try {
      return await this.run(async (tx) => {
        const result = await work(tx);
        if (!result.ok) throw new RolledBack(result.error);
        return result;
      }, options);
    } catch (error) {
      if (error instanceof RolledBack) return { ok: false, error: error.reason as E };
      throw error;
    }
  }

  async #attempt<T>(work: (tx: Tx) => Promise<T>, isolation: IsolationLevel | undefined): Promise<T> {
    const runner = this.#database.dataSource.createQueryRunner();
    const client = (await runner.connect()) as pg.PoolClient;
    const connection = watch(client);
    const tx = new OpenTransaction(runner.manager, client, this.#clock);
    try {
      await runner.startTransaction(isolation && ISOLATION_SQL[isolation]);
      const value = await work(tx);
      if (tx.events.length > 0) await this.#outbox.write(tx, tx.events);
      tx.close();
      await commit(runner, client);
      this.#announce(tx);
      return value;
    } catch (error) {
      tx.close();
      await rollBack(runner, client);
      // After a loss TypeORM answers with "query runner is released", which says nothing about why.
      if (connection.lost && !isDatabaseUnavailable(error)) throw connectionLost(connection.lost);
      throw error;
    } finally {
      connection.stop();
      await runner.release();
    }
  }

  #announce(tx: OpenTransaction): void {
    const topics = new Set(tx.events.map((event) => event.topic));
    const wakeOutbox = (): void => this.#outbox.committed(topics);
    for (const callback of topics.size > 0 ? [wakeOutbox, ...tx.callbacks] : tx.callbacks) {
      try {
        // What is woken goes on by itself, and no longer on behalf of whoever committed.
        asEveryTenant(callback);
      } catch (error) {
        // The commit has happened: failing the caller now would make it repeat what is done.
        process.emitWarning(`After a commit: ${messageOf(error)}`, { code: 'HETAO_AFTER_COMMIT' });
      }
    }
  }
}

/** Remembers why a connection went away while the work was busy elsewhere. */
function watch(client: pg.PoolClient): { readonly lost: Error | undefined; stop(): void } {
  let lost: Error | undefined;
  const remember = (error: Error): void => {
    lost ??= error;
  };
  client.on('error', remember);
  return {
    get lost() {
      return lost;
    },
    stop: () => client.off('error', remember),
  };
}

// COMMIT and ROLLBACK go to the client itself, because TypeORM keeps the answer to itself.
async function commit(runner: QueryRunner, client: pg.PoolClient): Promise<void> {
  if (runner.isReleased) throw new Error('The connection was lost before the commit.');
  if (client.getTransactionStatus() === 'I') {
    throw new Error('The work ended its own transaction. Only the unit of work may commit or roll back.');
  }
  let answer: string;
  try {
    answer = (await client.query('COMMIT')).command;
  } catch (error) {
    // A server that still talks has rolled back. One that fell silent after COMMIT was sent may have done either.
    if (databaseFailure(error) !== 'unreachable') throw error;
    const detail = 'The connection to the database was lost between COMMIT and its confirmation.';
    throw new DomainException(databaseErrors.COMMIT_OUTCOME_UNKNOWN(detail), { cause: error });
  }
  // PostgreSQL answers COMMIT of an aborted transaction with a cheerful ROLLBACK. Work that swallowed an SQL error
  // would then be acknowledged though nothing of it was kept.
  if (answer !== 'COMMIT') {
    throw new Error(
      'A statement failed and its error was swallowed, so nothing was committed. Use a SAVEPOINT or ON CONFLICT.',
    );
  }
}

async function rollBack(runner: QueryRunner, client: pg.PoolClient): Promise<void> {
  if (runner.isReleased) return;
  try {
    if (runner.isTransactionActive) await client.query('ROLLBACK');
  } catch {
    // The caller needs the error that made us roll back, not the one that a dead connection adds to it.
  }
  // A connection that is still inside a transaction must not serve the next caller; the pool drops ended ones.
  if (client.getTransactionStatus() !== 'I') client.end().catch(() => undefined);
}

function connectionLost(cause: Error): DomainException {
  const detail = 'The connection to the database was lost in the middle of a transaction, which was rolled back.';
  return new DomainException(databaseErrors.DATABASE_UNAVAILABLE(detail), { cause });
}
