import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { formatInstant } from '../window/instant.js';

/** What was received in one UTC hour, and what of it is on disk. Counts are read as float8: exact up to 2^53. */
export interface CompletenessHour {
  readonly hour: Date;
  readonly requests: number;
  readonly received: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: number;
  /** Raw events found in the store: counted row by row, not taken from what the requests said. */
  readonly stored: number;
}

/** The completeness equation: received = accepted + duplicates + conflicts + rejected, and accepted = stored. */
@Injectable()
export class CompletenessQueries {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Hours with requests between two instants (by the time of receipt), in order; at most 745 in a month. */
  async hours(fromMs: number, untilMs: number): Promise<readonly CompletenessHour[]> {
    const { rows } = await this.database.withClient((client) =>
      client.query<CompletenessHour>(
        `WITH batches AS (
           SELECT * FROM ingestion_batches WHERE received_at >= $1 AND received_at < $2
         ), stored AS (
           SELECT batch_no, count(*) AS events FROM usage_events
            WHERE batch_no BETWEEN (SELECT min(batch_no) FROM batches) AND (SELECT max(batch_no) FROM batches)
            GROUP BY batch_no
         )
         SELECT date_trunc('hour', b.received_at, 'UTC') AS hour, count(*)::float8 AS requests,
                sum(b.received)::float8 AS received, sum(b.accepted)::float8 AS accepted,
                sum(b.duplicates)::float8 AS duplicates, sum(b.conflicts)::float8 AS conflicts,
                sum(b.rejected)::float8 AS rejected, coalesce(sum(s.events), 0)::float8 AS stored
           FROM batches b LEFT JOIN stored s USING (batch_no)
          GROUP BY 1 ORDER BY 1 LIMIT 745`,
        [formatInstant(fromMs), formatInstant(untilMs)],
      ),
    );
    return rows;
  }
}
