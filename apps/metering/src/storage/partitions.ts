import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { firstBatchNo, partitionName } from './batch-no.js';

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
        await client.query(`CREATE TABLE ${name} (LIKE usage_events INCLUDING CONSTRAINTS)`);
        const bounds = `FROM (${firstBatchNo(day)}) TO (${firstBatchNo(day + 1)})`;
        await client.query(`ALTER TABLE usage_events ATTACH PARTITION ${name} FOR VALUES ${bounds}`);
      }
      await client.query('COMMIT');
    });
    this.#known.add(day);
  }
}
