import type { Database } from '@hetao/persistence';
import { isInfrastructureFailure } from '../consumer/patience.js';
import { pause } from '../consumer/waiting.js';
import type { Logger } from '../logger.js';
import { untraced } from '../tracing.js';

export interface Retention {
  /**
   * How long an outbox row stays after it was published. Over Kafka the default is 7 days: the broker has it. On the
   * embedded transport the outbox is the log from which a new group reads its history, so by default it stays for ever.
   */
  readonly outboxMs?: number;
  /**
   * How long the inbox remembers an event. By default for ever: an event that comes again later than that would have its
   * effect again, and a broker that has lost a group's offsets sends everything again.
   */
  readonly inboxMs?: number;
  /** Pause between two cleanings. Default 1 min. */
  readonly everyMs?: number;
}

export interface JanitorOptions extends Retention {
  readonly database: Database;
  readonly logger: Logger;
  /** Which rows are done with: those the broker has, or those no group waits for. */
  readonly keeps: 'published' | 'delivered';
}

const ROWS_PER_STATEMENT = 1_000;
const STATEMENTS_PER_CLEANING = 100;
const EVERY_MS = 60_000;

// In the order of seq, so that the oldest go first; rows are recorded in nearly that order.
const DONE_SQL = {
  published: "published_at < clock_timestamp() - $1::bigint * interval '1 ms'",
  delivered: `recorded_at < clock_timestamp() - $1::bigint * interval '1 ms'
              AND NOT EXISTS (SELECT FROM outbox_deliveries d WHERE d.seq = outbox.seq)`,
};

/** Deletes what nobody needs any more, a bounded number of rows at a time. */
export class Janitor {
  readonly #options: JanitorOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: JanitorOptions) {
    this.#options = options;
  }

  start(): void {
    const { outboxMs, inboxMs } = this.#options;
    if (outboxMs !== undefined || inboxMs !== undefined) this.#running = untraced(() => this.#run());
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { logger, everyMs = EVERY_MS } = this.#options;
    while (!this.#stopping.signal.aborted) {
      try {
        await this.clean();
      } catch (error) {
        const level = isInfrastructureFailure(error) ? 'warn' : 'error';
        logger[level]({ err: error }, 'Cleaning up old messages failed; it is tried again');
      }
      await pause(everyMs, this.#stopping.signal).catch(() => undefined);
    }
  }

  /** One cleaning; returns how many rows went. */
  async clean(): Promise<number> {
    const { outboxMs, inboxMs, keeps } = this.#options;
    let deleted = 0;
    if (outboxMs !== undefined) {
      const sql = `DELETE FROM outbox WHERE seq IN (
        SELECT seq FROM outbox WHERE ${DONE_SQL[keeps]} ORDER BY seq LIMIT ${ROWS_PER_STATEMENT})`;
      deleted += await this.#deleteAll(sql, outboxMs);
    }
    if (inboxMs !== undefined) {
      const sql = `DELETE FROM inbox WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM inbox WHERE handled_at < clock_timestamp() - $1::bigint * interval '1 ms' LIMIT ${ROWS_PER_STATEMENT}))`;
      deleted += await this.#deleteAll(sql, inboxMs);
    }
    return deleted;
  }

  async #deleteAll(sql: string, olderThanMs: number): Promise<number> {
    let deleted = 0;
    for (let statement = 0; statement < STATEMENTS_PER_CLEANING && !this.#stopping.signal.aborted; statement += 1) {
      const { rowCount } = await this.#options.database.withClient((client) => client.query(sql, [olderThanMs]));
      deleted += rowCount ?? 0;
      if ((rowCount ?? 0) < ROWS_PER_STATEMENT) break;
    }
    return deleted;
  }
}
