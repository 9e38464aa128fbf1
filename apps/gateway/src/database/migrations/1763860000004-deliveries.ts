import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may use what, where merchants serve it, and every call that was made or refused. */
export class Deliveries1763860000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...granted, ...called]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const granted = [
  'CREATE TABLE delivery_products (product_id text PRIMARY KEY, merchant_id text NOT NULL)',
  `CREATE TABLE delivery_grants (
     agreement_id text PRIMARY KEY,
     product_id text NOT NULL,
     merchant_id text NOT NULL,
     buyer_id text NOT NULL,
     meters text[] NOT NULL,
     purposes text[] NOT NULL,
     valid_from timestamptz NOT NULL,
     valid_until timestamptz NOT NULL,
     revoked_at timestamptz,
     exhausted_meter text
   )`,
  `CREATE TABLE delivery_endpoints (
     product_id text PRIMARY KEY,
     merchant_id text NOT NULL,
     url text NOT NULL,
     secret_header text,
     secret_sealed text,
     updated_at timestamptz NOT NULL,
     CHECK ((secret_header IS NULL) = (secret_sealed IS NULL))
   )`,
];

const called = [
  `CREATE TABLE delivery_calls (
     id text PRIMARY KEY,
     agreement_id text NOT NULL,
     product_id text,
     merchant_id text,
     buyer_id text NOT NULL,
     meters text[] NOT NULL,
     purpose text,
     method text NOT NULL,
     path text NOT NULL,
     state text NOT NULL CHECK (state IN ('begun', 'delivered', 'refused', 'failed', 'stopped', 'interrupted')),
     upstream_status integer,
     bytes_out bigint NOT NULL DEFAULT 0,
     code text,
     detail text,
     begun_at timestamptz NOT NULL,
     ended_at timestamptz,
     reported_at timestamptz,
     report_fault text
   )`,
  'CREATE INDEX delivery_calls_of_buyer ON delivery_calls (buyer_id, id)',
  'CREATE INDEX delivery_calls_of_merchant ON delivery_calls (merchant_id, id)',
  `CREATE INDEX delivery_calls_to_report ON delivery_calls (id)
     WHERE state IN ('delivered', 'stopped') AND reported_at IS NULL`,
  `CREATE INDEX delivery_calls_begun ON delivery_calls (begun_at) WHERE state = 'begun'`,
];
