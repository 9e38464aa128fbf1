import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who can sign in, with what; who is signed in; and what the OpenID provider has to remember. */
export class AccountsAndCredentials1763800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createAccounts(runner);
    await createCredentials(runner);
    await createProvider(runner);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

async function createAccounts(runner: QueryRunner): Promise<void> {
  await runner.query(`
      CREATE TABLE accounts (
        id text PRIMARY KEY,
        organisation_id text NOT NULL,
        email text NOT NULL UNIQUE,
        display_name text NOT NULL,
        personas text[] NOT NULL CHECK (cardinality(personas) > 0),
        password_hash text,
        demo boolean NOT NULL DEFAULT false,
        disabled_at timestamptz,
        created_at timestamptz NOT NULL
      )`);
  await runner.query('CREATE INDEX accounts_of_organisation ON accounts (organisation_id, id)');
  await runner.query(`
      CREATE TABLE suspended_organisations (
        organisation_id text PRIMARY KEY,
        suspended_at timestamptz NOT NULL
      )`);
}

async function createCredentials(runner: QueryRunner): Promise<void> {
  await runner.query(`
      CREATE TABLE api_keys (
        id text PRIMARY KEY,
        hash bytea NOT NULL UNIQUE,
        account_id text NOT NULL REFERENCES accounts (id),
        organisation_id text NOT NULL,
        name text NOT NULL,
        prefix text NOT NULL,
        last_four text NOT NULL,
        scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        last_used_at timestamptz
      )`);
  await runner.query('CREATE INDEX api_keys_of_organisation ON api_keys (organisation_id, id)');
  await runner.query('CREATE INDEX api_keys_of_account ON api_keys (account_id) WHERE revoked_at IS NULL');
  await runner.query(`
      CREATE TABLE sessions (
        hash bytea PRIMARY KEY,
        account_id text NOT NULL REFERENCES accounts (id),
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        id_token text
      )`);
  await runner.query('CREATE INDEX sessions_by_last_use ON sessions (last_seen_at)');
  await runner.query(`
      CREATE TABLE sign_in_failures (
        subject text PRIMARY KEY,
        failures integer NOT NULL CHECK (failures >= 0),
        last_failure_at timestamptz NOT NULL
      )`);
  await runner.query('CREATE INDEX sign_in_failures_by_age ON sign_in_failures (last_failure_at)');
  await runner.query(`
      CREATE TABLE setup_links (
        hash bytea PRIMARY KEY,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      )`);
}

async function createProvider(runner: QueryRunner): Promise<void> {
  await runner.query(`
      CREATE TABLE signing_keys (
        purpose text PRIMARY KEY,
        sealed text NOT NULL,
        created_at timestamptz NOT NULL
      )`);
  await runner.query(`
      CREATE TABLE oidc_records (
        kind text NOT NULL,
        id text NOT NULL,
        payload jsonb NOT NULL,
        grant_id text,
        uid text,
        user_code text,
        consumed_at timestamptz,
        expires_at timestamptz,
        PRIMARY KEY (kind, id)
      )`);
  await runner.query('CREATE INDEX oidc_records_of_grant ON oidc_records (grant_id) WHERE grant_id IS NOT NULL');
  await runner.query('CREATE INDEX oidc_records_by_uid ON oidc_records (kind, uid) WHERE uid IS NOT NULL');
  await runner.query('CREATE INDEX oidc_records_by_code ON oidc_records (kind, user_code) WHERE user_code IS NOT NULL');
  await runner.query('CREATE INDEX oidc_records_by_expiry ON oidc_records (expires_at)');
}
