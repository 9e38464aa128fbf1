import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { formatInstant } from '../window/instant.js';

/**
 * What was received in one UTC hour through one partition of the log, and what of it is on disk. Counts are read as
 * float8: exact up to 2^53.
 */
export interface CompletenessRow {
  readonly hour: Date;
  /** Null for requests that came without a log. */
  readonly partition: number | null;
  readonly requests: number;
  readonly received: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: number;
  /** Raw events found in the store, counted row by row; of a dropped day those that its archive was proven to hold. */
  readonly stored: number;
}

/** What a partition of the log was read up to, and what was counted from it. */
export interface LogReading {
  readonly partition: number;
  /** Records up to the offset that was noted with the counting. */
  readonly records: number;
  /** Batches that name a place in the partition. */
  readonly batches: number;
}

/** The completeness equation: received = accepted + duplicates + conflicts + rejected, and accepted = stored. */
@Injectable()
export class CompletenessQueries {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Hours with requests between two instants (by the time of receipt), in order, each partition apart. */
  async rows(fromMs: number, untilMs: number): Promise<readonly CompletenessRow[]> {
    const { rows } = await this.database.withClient((client) =>
      client.query<CompletenessRow>(
        `WITH batches AS (
           SELECT b.*, a.dropped_at IS NOT NULL AS is_dropped FROM ingestion_batches b
             LEFT JOIN usage_archives a ON a.day = b.batch_no >> 32
            WHERE received_at >= $1 AND received_at < $2
         ), stored AS (
           SELECT batch_no, count(*) AS events FROM usage_events
            WHERE batch_no BETWEEN (SELECT min(batch_no) FROM batches) AND (SELECT max(batch_no) FROM batches)
            GROUP BY batch_no
         )
         SELECT date_trunc('hour', b.received_at, 'UTC') AS hour, nullif(b.log_partition, -1) AS partition,
                count(*)::float8 AS requests, sum(b.received)::float8 AS received, sum(b.accepted)::float8 AS accepted,
                sum(b.duplicates)::float8 AS duplicates, sum(b.conflicts)::float8 AS conflicts,
                sum(b.rejected)::float8 AS rejected,
                sum(CASE WHEN b.is_dropped THEN b.accepted ELSE coalesce(s.events, 0) END)::float8 AS stored
           FROM batches b LEFT JOIN stored s USING (batch_no)
          GROUP BY 1, 2 ORDER BY 1, 2 NULLS FIRST LIMIT 20000`,
        [formatInstant(fromMs), formatInstant(untilMs)],
      ),
    );
    return rows;
  }

  /** Of the log as a whole: is there a batch for each record that was read? */
  async log(topic: string): Promise<readonly LogReading[]> {
    const { rows } = await this.database.withClient((client) =>
      client.query<LogReading>(
        `SELECT o.partition, sum(o.next_offset)::float8 AS records,
                (SELECT count(*) FROM ingestion_batches b
                  WHERE b.log_partition = o.partition AND b.log_offset IS NOT NULL)::float8 AS batches
           FROM consumer_offsets o WHERE o.topic = $1 GROUP BY o.partition ORDER BY o.partition`,
        [topic],
      ),
    );
    return rows;
  }
}
