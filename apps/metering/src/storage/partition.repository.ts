import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { dayOfPartition, dayStartMs, firstBatchNo, partitionName } from './batch-no.js';

/** First word of the advisory lock under which partitions come and go. */
const PARTITION_LOCK = 0x70617274;

/** The days into which raw usage is cut. */
@Injectable()
export class Partitions {
  readonly #known = new Set<number>();

  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /**
   * Makes sure that usage received on a day has a place. Done before the batch's own transaction: a partition that is
   * made inside it would hold off every other batch until it commits.
   */
  async ensure(day: number): Promise<void> {
    if (this.#known.has(day)) return;
    const name = partitionName(day);
    await this.database.withClient(async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT pg_advisory_xact_lock($1, 0)', [PARTITION_LOCK]);
      const { rows } = await client.query<{ known: boolean }>('SELECT to_regclass($1) IS NOT NULL AS known', [name]);
      if (rows[0]?.known !== true) {
        // Attached rather than created in place, which would wait for every reader of the parent.
        await client.query('SELECT add_usage_day($1, $2, $3)', [name, firstBatchNo(day), firstBatchNo(day + 1)]);
      }
      await client.query('COMMIT');
    });
    this.#known.add(day);
  }

  /** Days that have a partition, the earliest first. */
  async days(): Promise<readonly number[]> {
    const rows = await this.#rows<{ name: string }>(
      `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'usage_events'::regclass ORDER BY 1`,
    );
    return rows.flatMap(({ name }) => dayOfPartition(name) ?? []);
  }

  async archivedDays(): Promise<readonly number[]> {
    return (await this.#rows<{ day: number }>('SELECT day FROM usage_archives')).map(({ day }) => day);
  }

  /** Drops a day as a whole: no row is touched, and nothing is left to vacuum. */
  async drop(day: number): Promise<void> {
    await this.database.withClient((client) => client.query('SELECT drop_usage_day($1)', [partitionName(day)]));
    this.#known.delete(day);
  }

  /**
   * Forgets keys of events that were received before a day, some thousands at a time. They lie in the order of their
   * batches, so the block ranges find them and whole pages fall empty.
   */
  async forgetKeys(beforeDay: number): Promise<number> {
    return this.#forget(
      `DELETE FROM usage_keys WHERE ctid = ANY (ARRAY(
         SELECT ctid FROM usage_keys WHERE batch_no < $1 LIMIT ${FORGET_AT_ONCE}))`,
      firstBatchNo(beforeDay),
    );
  }

  /** Forgets sums by minute of usage before a day; those by the quarter hour stay. */
  async forgetMinutes(beforeDay: number): Promise<number> {
    return this.#forget(
      `DELETE FROM usage_minutes WHERE ctid = ANY (ARRAY(
         SELECT ctid FROM usage_minutes WHERE window_start < to_timestamp($1::float8 / 1000) LIMIT ${FORGET_AT_ONCE}))`,
      dayStartMs(beforeDay),
    );
  }

  async #forget(sql: string, before: number): Promise<number> {
    let forgotten = 0;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const deleted = await this.database.withClient(
        async (client) => (await client.query(sql, [before])).rowCount ?? 0,
      );
      forgotten += deleted;
      if (deleted < FORGET_AT_ONCE) break;
    }
    return forgotten;
  }

  async #rows<R>(sql: string): Promise<R[]> {
    return this.database.withClient(async (client) => (await client.query<R & object>(sql)).rows);
  }
}

const FORGET_AT_ONCE = 20_000;
/** A turn ends after so many rounds; what is left waits for the next one. */
const MOST_ROUNDS = 500;
