import { Injectable } from '@nestjs/common';
import type { PackLogEnds } from '@hetao/messaging';
import type { Tx } from '@hetao/persistence';
import { usagePackTopic } from '../ingestion/pack/pack-topic.js';
import { UsageLog, usageLogGroup } from '../ingestion/pack/usage.log.js';

/** Packs of one partition that a closing month waits for. */
export interface Uncounted {
  readonly partition: number;
  readonly packs: number;
}

/** Up to where in the log a closing month counts. */
@Injectable()
export class PeriodFence {
  constructor(private readonly log: UsageLog) {}

  /** Where the log ends now; undefined where there is none. @throws DomainException BROKER_UNAVAILABLE. */
  ends(): Promise<PackLogEnds | undefined> {
    return this.log.ends();
  }

  async put(tx: Tx, period: string, { clusterId, next }: PackLogEnds): Promise<void> {
    await tx.execute(
      `INSERT INTO usage_period_fences (period, cluster_id, partition, next_offset)
       SELECT $1, $2, * FROM unnest($3::int[], $4::bigint[])`,
      [period, clusterId, [...next.keys()], [...next.values()].map(String)],
    );
  }

  /** A log that was made anew, or is shorter than it was, has nothing left that could be waited for. */
  async dropVoid(tx: Tx, period: string, { clusterId, next }: PackLogEnds): Promise<void> {
    await tx.execute(
      `DELETE FROM usage_period_fences f
        WHERE period = $1 AND (cluster_id <> $2 OR NOT EXISTS (
                SELECT FROM unnest($3::int[], $4::bigint[]) AS e (partition, next_offset)
                 WHERE e.partition = f.partition AND e.next_offset >= f.next_offset))`,
      [period, clusterId, [...next.keys()], [...next.values()].map(String)],
    );
  }

  /** What lies below the fence and is not counted yet. */
  async uncounted(tx: Tx, period: string): Promise<readonly Uncounted[]> {
    return tx.query<Uncounted>(
      `SELECT f.partition, (f.next_offset - coalesce(o.next_offset, 0))::float8 AS packs
         FROM usage_period_fences f
         LEFT JOIN consumer_offsets o ON o.consumer_group = $2 AND o.topic = $3 AND o.cluster_id = f.cluster_id
                                     AND o.partition = f.partition
        WHERE f.period = $1 AND coalesce(o.next_offset, 0) < f.next_offset ORDER BY f.partition`,
      [period, usageLogGroup, usagePackTopic.name],
    );
  }

  /** All of it is counted: from now on whatever comes is late. */
  async lift(tx: Tx, period: string): Promise<void> {
    await tx.execute('DELETE FROM usage_period_fences WHERE period = $1', [period]);
  }
}
