import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Raw usage by day of receipt, so that a day is archived and dropped as one table; rollups by minute and by dimension;
 * the two sides of a two-sided meter; what is needed to count packs of events out of a log exactly once.
 */
export class StoreUsageByDay1763890000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...agreements, ...batches, ...events, ...rollups]) await runner.query(statement);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Migrations only go forward.'));
  }
}

const agreements = [
  // Four bytes in each raw row in place of thirty-one. `dimensions`: the members of an event's data by which its usage is
  // also rolled up. `record_side`: whose count is billed; the other side's is kept beside it.
  `CREATE TABLE usage_agreements (
     agreement_no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     agreement_id text NOT NULL UNIQUE,
     dimensions text[] NOT NULL DEFAULT '{}' CHECK (cardinality(dimensions) <= 8),
     record_side text NOT NULL DEFAULT 'merchant' CHECK (record_side IN ('merchant', 'gateway'))
   )`,
  `INSERT INTO usage_agreements (agreement_id)
   SELECT agreement_id FROM (SELECT agreement_id FROM usage_events UNION SELECT agreement_id FROM entitlements) a
    ORDER BY agreement_id`,
  `ALTER TABLE usage_sources ADD side text NOT NULL
     GENERATED ALWAYS AS (CASE sender_id WHEN 'system' THEN 'gateway' ELSE 'merchant' END) STORED`,
];

const batches = [
  // From now on the number of a batch is the UTC day of its receipt (days since 1970) times 2^32, plus a running number.
  `ALTER TABLE ingestion_batches ADD log_partition integer NOT NULL DEFAULT -1, ADD log_offset bigint`,
  `ALTER TABLE ingestion_batches ADD notes json`,
  `COMMENT ON COLUMN ingestion_batches.log_partition IS 'Partition of the log the batch came through; -1 when it came without one'`,
  `COMMENT ON COLUMN ingestion_batches.notes IS 'What became of the events that were not simply accepted, for batches answered later'`,
  `UPDATE ingestion_batches
      SET batch_no = (floor(extract(epoch FROM received_at) / 86400)::bigint << 32) + batch_no`,
  `CREATE UNIQUE INDEX ingestion_batches_by_id ON ingestion_batches (batch_id)`,
  // To compare what a log holds with what was counted from it.
  `CREATE INDEX ingestion_batches_by_place ON ingestion_batches (log_partition, log_offset) WHERE log_offset IS NOT NULL`,
];

const events = [
  `UPDATE usage_keys k SET batch_no = b.batch_no FROM ingestion_batches b
    WHERE (b.batch_no & 4294967295) = k.batch_no`,
  'CREATE INDEX usage_keys_by_batch ON usage_keys USING brin (batch_no) WITH (pages_per_range = 32, autosummarize = on)',
  'ALTER TABLE usage_events RENAME TO usage_events_before',
  'ALTER INDEX usage_events_by_batch RENAME TO usage_events_before_by_batch',
  // `json`, not `jsonb`: the canonical text that was hashed stays byte for byte, and writing it costs a third.
  `CREATE TABLE usage_events (
     batch_no bigint NOT NULL,
     event_time timestamptz NOT NULL,
     source_no integer NOT NULL,
     agreement_no integer NOT NULL,
     event_id text COLLATE "C" NOT NULL,
     data json NOT NULL
   ) PARTITION BY RANGE (batch_no)`,
  `CREATE INDEX usage_events_by_batch ON usage_events USING brin (batch_no, event_time)
     WITH (pages_per_range = 32, autosummarize = on)`,
  `DO $$
   DECLARE day bigint;
   BEGIN
     FOR day IN SELECT DISTINCT batch_no >> 32 FROM ingestion_batches ORDER BY 1 LOOP
       EXECUTE format('CREATE TABLE usage_events_%s PARTITION OF usage_events FOR VALUES FROM (%s) TO (%s)',
                      to_char(to_timestamp(day * 86400) AT TIME ZONE 'UTC', 'YYYYMMDD'), day << 32, (day + 1) << 32);
     END LOOP;
   END $$`,
  `INSERT INTO usage_events (batch_no, event_time, source_no, agreement_no, event_id, data)
   SELECT b.batch_no, e.event_time, e.source_no, a.agreement_no, e.event_id, e.data::json
     FROM usage_events_before e
     JOIN ingestion_batches b ON (b.batch_no & 4294967295) = e.batch_no
     JOIN usage_agreements a USING (agreement_id)`,
  'DROP TABLE usage_events_before',
  `CREATE TABLE usage_archives (
     day integer PRIMARY KEY,
     file text NOT NULL,
     events bigint NOT NULL CHECK (events >= 0),
     bytes bigint NOT NULL CHECK (bytes > 0),
     sha256 bytea NOT NULL CHECK (length(sha256) = 32),
     archived_at timestamptz NOT NULL,
     dropped_at timestamptz
   )`,
  // What readers of raw events join: names in place of numbers.
  `CREATE VIEW usage_records AS
   SELECT e.batch_no, e.event_time, e.source_no, e.agreement_no, e.event_id, e.data,
          a.agreement_id, s.sender_id, s.source, s.side
     FROM usage_events e JOIN usage_agreements a USING (agreement_no) JOIN usage_sources s USING (source_no)`,
];

const rollups = [
  // dims_hash: 128 bits of SHA-256 over the canonical JSON of the dimensions; all zero where there are none.
  `CREATE TABLE usage_dimensions (
     dims_hash uuid PRIMARY KEY,
     dims json NOT NULL
   )`,
  `CREATE TABLE usage_minutes (
     agreement_no integer NOT NULL,
     window_start timestamptz NOT NULL,
     meter text NOT NULL,
     dims_hash uuid NOT NULL,
     quantity numeric NOT NULL CHECK (quantity >= 0),
     events bigint NOT NULL CHECK (events > 0),
     PRIMARY KEY (agreement_no, window_start, meter, dims_hash)
   ) WITH (fillfactor = 70)`,
  'CREATE INDEX usage_minutes_by_time ON usage_minutes USING brin (window_start) WITH (pages_per_range = 32)',
  // Hours by dimension, for agreements that have dimensions; the hours of all stay in usage_totals.
  `CREATE TABLE usage_hours (
     agreement_no integer NOT NULL,
     window_start timestamptz NOT NULL,
     meter text NOT NULL,
     dims_hash uuid NOT NULL,
     quantity numeric NOT NULL CHECK (quantity >= 0),
     events bigint NOT NULL CHECK (events > 0),
     PRIMARY KEY (agreement_no, window_start, meter, dims_hash)
   ) WITH (fillfactor = 70)`,
  // What each side counted, whichever of the two is billed.
  `CREATE TABLE usage_sides (
     agreement_no integer NOT NULL,
     window_start timestamptz NOT NULL,
     meter text NOT NULL,
     side text NOT NULL CHECK (side IN ('merchant', 'gateway')),
     quantity numeric NOT NULL CHECK (quantity >= 0),
     events bigint NOT NULL CHECK (events > 0),
     PRIMARY KEY (agreement_no, window_start, meter, side)
   ) WITH (fillfactor = 70)`,
  `INSERT INTO usage_sides (agreement_no, window_start, meter, side, quantity, events)
   SELECT a.agreement_no, t.window_start, t.meter, 'merchant', t.quantity, t.events
     FROM usage_totals t JOIN usage_agreements a USING (agreement_id)`,
];
