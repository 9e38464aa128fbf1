import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The tables that make sending and receiving as durable as the state they go with. They are the same for both
 * transports, so a service can change from one to the other with its history.
 */
export class MessagingTables1763700000000 implements MigrationInterface {
  readonly name = 'MessagingTables1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...OUTBOX, ...EMBEDDED, ...CONSUMER]) await runner.query(statement);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only.');
  }
}

// `json`, not `jsonb`: the text is forwarded as it was validated, and a \u0000 inside a string stays legal.
const OUTBOX = [
  `CREATE TABLE outbox (
     seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     id text NOT NULL UNIQUE,
     type text NOT NULL,
     topic text NOT NULL,
     key text NOT NULL,
     lane smallint NOT NULL,
     data json NOT NULL,
     size_bytes integer NOT NULL,
     traceparent text,
     occurred_at timestamptz NOT NULL,
     recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     published_at timestamptz,
     refused_at timestamptz,
     refusal text
   )`,
  `CREATE INDEX outbox_waiting ON outbox (seq) WHERE published_at IS NULL AND refused_at IS NULL`,
  `CREATE INDEX outbox_refused ON outbox (seq) WHERE refused_at IS NOT NULL`,
  `CREATE INDEX outbox_recorded ON outbox USING brin (recorded_at)`,
];

// No foreign key from deliveries to outbox: its check would lock the outbox row once per group and delivery. The
// writer inserts both in one statement and pruning spares rows that still have deliveries.
// The deliveries are a queue: nearly every row dies young, so vacuum must not wait for a share of the table.
const EMBEDDED = [
  `CREATE TABLE outbox_subscriptions (
     consumer_group text NOT NULL,
     topic text NOT NULL,
     registered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     PRIMARY KEY (consumer_group, topic)
   )`,
  `CREATE SEQUENCE outbox_subscription_epoch`,
  // The first nextval of a new sequence leaves last_value as it was; from the second on every one shows.
  `SELECT nextval('outbox_subscription_epoch')`,
  `CREATE TABLE outbox_deliveries (
     consumer_group text NOT NULL,
     seq bigint NOT NULL,
     lane smallint NOT NULL,
     PRIMARY KEY (consumer_group, lane, seq)
   ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)`,
];

const CONSUMER = [
  `CREATE TABLE inbox (
     consumer_group text NOT NULL,
     event_id text NOT NULL,
     handled_at timestamptz NOT NULL DEFAULT clock_timestamp(),
     PRIMARY KEY (consumer_group, event_id)
   )`,
  `CREATE INDEX inbox_handled ON inbox USING brin (handled_at)`,
  `CREATE TABLE consumer_offsets (
     consumer_group text NOT NULL,
     cluster_id text NOT NULL,
     topic text NOT NULL,
     partition integer NOT NULL,
     next_offset bigint NOT NULL,
     PRIMARY KEY (consumer_group, cluster_id, topic, partition)
   )`,
  `CREATE TABLE dead_letters (
     id text PRIMARY KEY,
     consumer_group text NOT NULL,
     event_id text NOT NULL,
     type text NOT NULL,
     source text NOT NULL,
     topic text NOT NULL,
     key text NOT NULL,
     occurred_at timestamptz NOT NULL,
     payload bytea NOT NULL,
     traceparent text,
     position text,
     attempts integer NOT NULL,
     error text NOT NULL,
     failed_at timestamptz NOT NULL,
     status text NOT NULL DEFAULT 'parked' CHECK (status IN ('parked', 'replay_requested', 'replayed', 'discarded')),
     note text,
     settled_at timestamptz,
     UNIQUE (consumer_group, event_id)
   )`,
  `CREATE INDEX dead_letters_replay ON dead_letters (consumer_group, id) WHERE status = 'replay_requested'`,
];
