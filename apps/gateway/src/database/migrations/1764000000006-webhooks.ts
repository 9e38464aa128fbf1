import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where organisations want to be told, what there was to tell, and how each telling went. */
export class Webhooks1764000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const statements = [
  `CREATE TABLE webhook_endpoints (
     id text PRIMARY KEY,
     organisation_id text NOT NULL,
     url text NOT NULL,
     description text NOT NULL,
     types text[] NOT NULL,
     signature text NOT NULL CHECK (signature IN ('hmac', 'ed25519')),
     public_key text,
     secret_sealed text NOT NULL,
     previous_sealed text,
     rolls_until timestamptz,
     created_at timestamptz NOT NULL,
     disabled_at timestamptz,
     disabled_reason text CHECK (disabled_reason IN ('gone', 'failing', 'by_owner')),
     failing_since timestamptz,
     held_until timestamptz
   )`,
  'CREATE INDEX webhook_endpoints_of ON webhook_endpoints (organisation_id, id)',
  // Who stands behind an agreement, a release, an invoice: later events of it do not name them again.
  'CREATE TABLE webhook_subjects (subject text PRIMARY KEY, parties text[] NOT NULL)',
  `CREATE TABLE webhook_messages (
     id text PRIMARY KEY,
     organisation_id text NOT NULL,
     type text NOT NULL,
     body text NOT NULL,
     occurred_at timestamptz NOT NULL,
     created_at timestamptz NOT NULL
   )`,
  'CREATE INDEX webhook_messages_of ON webhook_messages (organisation_id, created_at, id)',
  'CREATE INDEX webhook_messages_age ON webhook_messages (created_at)',
  `CREATE TABLE webhook_deliveries (
     id text PRIMARY KEY,
     sequence bigint GENERATED ALWAYS AS IDENTITY,
     message_id text NOT NULL REFERENCES webhook_messages ON DELETE CASCADE,
     endpoint_id text NOT NULL REFERENCES webhook_endpoints ON DELETE CASCADE,
     replay_of text,
     state text NOT NULL CHECK (state IN ('waiting', 'delivered', 'abandoned')),
     attempts integer NOT NULL DEFAULT 0,
     next_at timestamptz,
     created_at timestamptz NOT NULL,
     ended_at timestamptz
   )`,
  'CREATE INDEX webhook_deliveries_of ON webhook_deliveries (endpoint_id, id)',
  'CREATE INDEX webhook_deliveries_message ON webhook_deliveries (message_id)',
  `CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_at) WHERE state = 'waiting'`,
  `CREATE TABLE webhook_attempts (
     delivery_id text NOT NULL REFERENCES webhook_deliveries ON DELETE CASCADE,
     attempt integer NOT NULL,
     at timestamptz NOT NULL,
     duration_ms integer NOT NULL,
     status integer,
     fault text,
     answer text,
     PRIMARY KEY (delivery_id, attempt)
   )`,
];
