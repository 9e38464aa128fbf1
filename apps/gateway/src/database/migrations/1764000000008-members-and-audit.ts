import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What members do for their organisation, how they are asked in, what they prove themselves with, and what they did. */
export class MembersAndAudit1764000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...members, ...proofs, ...audit]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const members = [
  // Whoever was a member before there were roles spoke for the organisation, and still does.
  `ALTER TABLE accounts ADD COLUMN roles text[] NOT NULL DEFAULT '{owner}' CHECK (cardinality(roles) > 0)`,
  'ALTER TABLE accounts ADD COLUMN team_due_at timestamptz',
  'CREATE INDEX accounts_for_team ON accounts (team_due_at) WHERE team_due_at IS NOT NULL',
  `CREATE TABLE invitations (
     id text PRIMARY KEY,
     hash bytea NOT NULL UNIQUE,
     organisation_id text NOT NULL,
     email text NOT NULL,
     personas text[] NOT NULL CHECK (cardinality(personas) > 0),
     roles text[] NOT NULL CHECK (cardinality(roles) > 0),
     invited_by text NOT NULL,
     created_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL,
     accepted_at timestamptz,
     revoked_at timestamptz
   )`,
  'CREATE INDEX invitations_of ON invitations (organisation_id, id)',
];

const proofs = [
  'ALTER TABLE sessions ADD COLUMN id text',
  `UPDATE sessions SET id = 'ses_0' || substr(encode(hash, 'hex'), 1, 25)`,
  'ALTER TABLE sessions ALTER COLUMN id SET NOT NULL',
  `ALTER TABLE sessions ADD COLUMN device text NOT NULL DEFAULT '', ADD COLUMN address text NOT NULL DEFAULT ''`,
  'CREATE UNIQUE INDEX sessions_by_id ON sessions (id)',
  'CREATE INDEX sessions_of_account ON sessions (account_id)',
  `CREATE TABLE second_factors (
     account_id text PRIMARY KEY REFERENCES accounts (id),
     secret_sealed text NOT NULL,
     created_at timestamptz NOT NULL,
     confirmed_at timestamptz,
     last_step bigint NOT NULL DEFAULT 0
   )`,
  `CREATE TABLE recovery_codes (
     account_id text NOT NULL REFERENCES second_factors (account_id) ON DELETE CASCADE,
     hash bytea NOT NULL,
     used_at timestamptz,
     PRIMARY KEY (account_id, hash)
   )`,
  `ALTER TABLE api_keys ADD COLUMN addresses text[] NOT NULL DEFAULT '{}', ADD COLUMN rolled_into text`,
  `CREATE TABLE api_clients (
     id text PRIMARY KEY,
     account_id text NOT NULL REFERENCES accounts (id),
     organisation_id text NOT NULL,
     name text NOT NULL,
     jwks jsonb NOT NULL,
     scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
     created_at timestamptz NOT NULL,
     revoked_at timestamptz,
     last_used_at timestamptz
   )`,
  'CREATE INDEX api_clients_of ON api_clients (organisation_id, id)',
];

const audit = [
  `CREATE TABLE audit_entries (
     sequence bigint PRIMARY KEY,
     id text NOT NULL UNIQUE,
     at timestamptz NOT NULL,
     organisation_id text NOT NULL,
     action text NOT NULL,
     object text NOT NULL,
     result text NOT NULL CHECK (result IN ('done', 'refused')),
     actor text NOT NULL,
     account_id text,
     actor_organisation_id text NOT NULL,
     via text NOT NULL,
     request_id text,
     address text,
     detail jsonb NOT NULL,
     previous_hash bytea NOT NULL,
     hash bytea NOT NULL
   )`,
  'CREATE INDEX audit_entries_of ON audit_entries (organisation_id, sequence)',
  'CREATE INDEX audit_entries_by_actor ON audit_entries (actor, sequence)',
  'CREATE INDEX audit_entries_by_object ON audit_entries (object, sequence)',
  `CREATE FUNCTION audit_stands() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN RAISE EXCEPTION 'What stands in the audit is neither changed nor taken out.'; END $$`,
  `CREATE TRIGGER audit_stands BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
     FOR EACH STATEMENT EXECUTE FUNCTION audit_stands()`,
];
