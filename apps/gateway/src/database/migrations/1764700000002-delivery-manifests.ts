import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '@hetao/persistence';
import { gatewayTenancy } from '../gateway.tenancy.js';

/** Which bytes each recipient was given, as the exchange signed it. Rows are never changed, and stay as long as the log. */
export class DeliveryManifests1764700000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
    await isolateTenants(runner, gatewayTenancy);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const STATEMENTS = [
  `CREATE TABLE delivery_manifests (
     id text PRIMARY KEY,
     agreement_id text NOT NULL,
     product_id text NOT NULL,
     merchant_id text NOT NULL,
     buyer_id text NOT NULL,
     purpose text NOT NULL,
     path text NOT NULL,
     file_hash bytea NOT NULL,
     file jsonb NOT NULL,
     jws text NOT NULL,
     issued_at timestamptz NOT NULL,
     UNIQUE (agreement_id, path, file_hash)
   )`,
  'CREATE INDEX delivery_manifests_of_file ON delivery_manifests (file_hash)',
  'CREATE INDEX delivery_manifests_of_buyer ON delivery_manifests (buyer_id, id)',
  'CREATE INDEX delivery_manifests_of_merchant ON delivery_manifests (merchant_id, id)',
];
