import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenants } from '@hetao/persistence';
import { gatewayTenancy } from '../gateway.tenancy.js';

/** Public halves of the keys that people sign in with, and the challenges that wait for an answer. */
export class Passkeys1764700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
    await isolateTenants(runner, gatewayTenancy);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const tables = [
  `CREATE TABLE passkeys (
     id text PRIMARY KEY,
     account_id text NOT NULL REFERENCES accounts (id),
     organisation_id text NOT NULL,
     credential_id text NOT NULL UNIQUE,
     public_key bytea NOT NULL,
     counter bigint NOT NULL CHECK (counter >= 0),
     transports text[] NOT NULL,
     name text NOT NULL,
     backed_up boolean NOT NULL,
     created_at timestamptz NOT NULL,
     last_used_at timestamptz
   )`,
  'CREATE INDEX passkeys_of_account ON passkeys (account_id, id)',
  `CREATE TABLE passkey_challenges (
     purpose text PRIMARY KEY,
     challenge text NOT NULL,
     expires_at timestamptz NOT NULL
   )`,
  'CREATE INDEX passkey_challenges_by_expiry ON passkey_challenges (expires_at)',
];
