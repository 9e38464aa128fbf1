import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entitlements as contracts grants them, what was counted under them, and the months that are closed. */
export class CreateMetering1763803000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...entitlements, ...ingestion, ...periods]) await runner.query(statement);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Migrations only go forward.'));
  }
}

const entitlements = [
  `CREATE TABLE entitlements (
     entitlement_id text PRIMARY KEY,
     agreement_id text NOT NULL,
     product_id text NOT NULL,
     merchant_id text NOT NULL,
     buyer_id text NOT NULL,
     meters text[] NOT NULL,
     valid_from timestamptz NOT NULL,
     valid_until timestamptz NOT NULL,
     granted_at timestamptz NOT NULL
   )`,
  'CREATE INDEX entitlements_by_agreement ON entitlements (agreement_id)',
  // Its own table, because the end of an agreement and the grant under it come on different topics, in any order.
  `CREATE TABLE access_stops (
     subject_id text PRIMARY KEY,
     reason text NOT NULL,
     stopped_at timestamptz NOT NULL
   )`,
  `CREATE TABLE quotas (
     agreement_id text NOT NULL,
     meter text NOT NULL,
     quota_limit numeric NOT NULL CHECK (quota_limit >= 0),
     used numeric NOT NULL DEFAULT 0 CHECK (used >= 0 AND used <= quota_limit),
     is_exhausted boolean NOT NULL DEFAULT false,
     PRIMARY KEY (agreement_id, meter)
   ) WITH (fillfactor = 70)`,
];

const ingestion = [
  // Ids are unique within a sender's source; four bytes a key instead of two texts.
  `CREATE TABLE usage_sources (
     source_no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     sender_id text NOT NULL,
     source text NOT NULL,
     UNIQUE (sender_id, source)
   )`,
  'CREATE SEQUENCE ingestion_batch_no CACHE 1',
  // Completeness as a constraint: a request that does not add up cannot be recorded, so it cannot be acknowledged.
  `CREATE TABLE ingestion_batches (
     batch_no bigint PRIMARY KEY,
     batch_id text NOT NULL,
     sender_id text NOT NULL,
     received_at timestamptz NOT NULL,
     received integer NOT NULL CHECK (received = accepted + duplicates + conflicts + rejected),
     accepted integer NOT NULL CHECK (accepted >= 0),
     duplicates integer NOT NULL CHECK (duplicates >= 0),
     conflicts integer NOT NULL CHECK (conflicts >= 0),
     rejected integer NOT NULL CHECK (rejected >= 0)
   )`,
  'CREATE INDEX ingestion_batches_by_time ON ingestion_batches (received_at)',
  // Narrow and independent of event time: a retry with another time is still found. Byte order keeps ids that a
  // source counts upwards on the last page of the index.
  `CREATE TABLE usage_keys (
     source_no integer NOT NULL,
     event_id text COLLATE "C" NOT NULL,
     payload_hash uuid NOT NULL,
     batch_no bigint NOT NULL,
     PRIMARY KEY (source_no, event_id)
   )`,
  `CREATE TABLE usage_events (
     batch_no bigint NOT NULL,
     source_no integer NOT NULL,
     event_id text COLLATE "C" NOT NULL,
     agreement_id text NOT NULL,
     event_time timestamptz NOT NULL,
     data jsonb NOT NULL
   )`,
  // Rows arrive in the order of their batches: a block range index finds a batch at a thousandth of a B-tree's size.
  'CREATE INDEX usage_events_by_batch ON usage_events USING brin (batch_no)',
  `CREATE TABLE usage_totals (
     agreement_id text NOT NULL,
     window_start timestamptz NOT NULL,
     meter text NOT NULL,
     quantity numeric NOT NULL CHECK (quantity >= 0),
     events bigint NOT NULL CHECK (events > 0),
     PRIMARY KEY (agreement_id, window_start, meter)
   ) WITH (fillfactor = 70)`,
  // Closing a month asks for all agreements with usage in it. Hours come roughly in order, so block ranges suffice.
  'CREATE INDEX usage_totals_by_time ON usage_totals USING brin (window_start) WITH (pages_per_range = 32)',
];

const periods = [
  `CREATE TABLE usage_periods (
     period text PRIMARY KEY,
     time_zone text NOT NULL,
     starts_at timestamptz NOT NULL,
     ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
     state text NOT NULL CHECK (state IN ('closing', 'closed')),
     agreements integer NOT NULL,
     windows integer NOT NULL,
     sealed_at timestamptz NOT NULL
   )`,
  `CREATE TABLE usage_period_agreements (
     period text NOT NULL REFERENCES usage_periods (period),
     agreement_id text NOT NULL,
     is_published boolean NOT NULL DEFAULT false,
     PRIMARY KEY (period, agreement_id)
   )`,
];
