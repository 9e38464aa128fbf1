import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log, which the database itself keeps from being rewritten, and what is registered in it. */
export class LogAndAttestations1763900000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...LOG, ...ATTESTATIONS, ...NODE, ...GUARDS]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const LOG = [
  `CREATE TABLE log_entries (
    entry_key text PRIMARY KEY,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    entry bytea NOT NULL CHECK (octet_length(entry) <= 65535),
    leaf_hash bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
    leaf_index bigint
  )`,
  // Partial: an entry enters each index once, when it gets its place.
  'CREATE UNIQUE INDEX log_entries_placed ON log_entries (leaf_index) WHERE leaf_index IS NOT NULL',
  'CREATE INDEX log_entries_waiting ON log_entries (seq) WHERE leaf_index IS NULL',
  'CREATE INDEX log_entries_by_hash ON log_entries USING hash (leaf_hash) WHERE leaf_index IS NOT NULL',
  `CREATE TABLE log_tiles (
    level smallint NOT NULL,
    index bigint NOT NULL,
    hashes bytea NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0),
    PRIMARY KEY (level, index)
  )`,
  // Hashes are random: trying to compress them costs time and saves nothing.
  'ALTER TABLE log_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL',
  `CREATE TABLE log_checkpoints (
    size bigint PRIMARY KEY CHECK (size >= 0),
    root text NOT NULL,
    note text NOT NULL,
    sealed_at timestamptz NOT NULL
  )`,
  `CREATE TABLE log_witnessed (
    size bigint NOT NULL,
    witness text NOT NULL,
    note text NOT NULL,
    witnessed_at timestamptz NOT NULL,
    PRIMARY KEY (size, witness)
  )`,
];

const ATTESTATIONS = [
  `CREATE TABLE issuer_keys (
    id text PRIMARY KEY,
    issuer text NOT NULL,
    x text NOT NULL UNIQUE,
    status text NOT NULL CHECK (status IN ('proposed', 'trusted', 'distrusted')),
    proposed_at timestamptz NOT NULL,
    decided_at timestamptz,
    decided_by text,
    CHECK ((status = 'proposed') = (decided_at IS NULL))
  )`,
  'CREATE INDEX issuer_keys_of ON issuer_keys (issuer)',
  `CREATE TABLE attestations (
    id text PRIMARY KEY,
    issuer text NOT NULL,
    holder_id text NOT NULL,
    schema text NOT NULL,
    commitment text NOT NULL,
    key_x text NOT NULL,
    valid_from timestamptz NOT NULL,
    valid_to timestamptz NOT NULL,
    supersedes text REFERENCES attestations (id),
    registered_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revocation_reason text,
    superseded_by text REFERENCES attestations (id),
    superseded_at timestamptz,
    CHECK ((revoked_at IS NULL) = (revocation_reason IS NULL)),
    CHECK ((superseded_by IS NULL) = (superseded_at IS NULL)),
    CHECK (revoked_at IS NULL OR superseded_at IS NULL)
  )`,
  'CREATE INDEX attestations_of_issuer ON attestations (issuer, id)',
  'CREATE INDEX attestations_of_holder ON attestations (holder_id, id)',
  `CREATE TABLE consents (
    id text PRIMARY KEY,
    attestation_id text NOT NULL,
    holder_id text NOT NULL,
    receiver_id text NOT NULL,
    purpose text NOT NULL,
    valid_until timestamptz NOT NULL,
    given_at timestamptz NOT NULL,
    given_by text NOT NULL,
    withdrawn_at timestamptz
  )`,
  'CREATE INDEX consents_of_holder ON consents (holder_id, id)',
  'CREATE INDEX consents_of_receiver ON consents (receiver_id, id)',
  `CREATE TABLE verifications (
    id text PRIMARY KEY,
    consent_id text NOT NULL REFERENCES consents (id),
    receiver_id text NOT NULL,
    outcome text NOT NULL,
    document jsonb NOT NULL,
    checked_at timestamptz NOT NULL
  )`,
  'CREATE INDEX verifications_of_receiver ON verifications (receiver_id, checked_at)',
  'CREATE INDEX verifications_of_consent ON verifications (consent_id, checked_at)',
  // The salt stands apart from what it hides: deleting this row erases the trace in the log for good.
  `CREATE TABLE records (
    id text PRIMARY KEY,
    record text NOT NULL,
    subject text NOT NULL,
    parties text[] NOT NULL,
    salt text NOT NULL,
    recorded_at timestamptz NOT NULL
  )`,
  'CREATE INDEX records_of_subject ON records (subject, id)',
];

const NODE = [
  `CREATE TABLE peer_checkpoints (
    origin text NOT NULL,
    size bigint NOT NULL,
    root text NOT NULL,
    note text NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (origin, size)
  )`,
  `CREATE TABLE node_alarms (
    id text PRIMARY KEY,
    origin text NOT NULL,
    alarm text NOT NULL,
    detail text NOT NULL,
    evidence jsonb NOT NULL,
    raised_at timestamptz NOT NULL,
    acknowledged_at timestamptz,
    acknowledged_by text
  )`,
];

/** The database refuses what a transparency log must never do, also to those who forget. */
const GUARDS = [
  `CREATE FUNCTION refuse_rewriting_log() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% on % refused: the log is only ever added to', TG_OP, TG_TABLE_NAME;
  END $$`,
  ...['log_entries', 'log_checkpoints', 'verifications'].map(
    (table) => `CREATE TRIGGER ${table}_never_shrink BEFORE DELETE OR TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_log()`,
  ),
  `CREATE TRIGGER log_entries_stay BEFORE UPDATE ON log_entries FOR EACH ROW
   WHEN (OLD.leaf_index IS NOT NULL OR NEW.entry IS DISTINCT FROM OLD.entry OR NEW.leaf_hash IS DISTINCT FROM OLD.leaf_hash)
   EXECUTE FUNCTION refuse_rewriting_log()`,
  `CREATE TRIGGER log_tiles_only_grow BEFORE UPDATE ON log_tiles FOR EACH ROW
   WHEN (substring(NEW.hashes FOR octet_length(OLD.hashes)) IS DISTINCT FROM OLD.hashes)
   EXECUTE FUNCTION refuse_rewriting_log()`,
  `CREATE TRIGGER log_tiles_never_shrink BEFORE DELETE OR TRUNCATE ON log_tiles
   FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_log()`,
  `CREATE TRIGGER log_checkpoints_stay BEFORE UPDATE ON log_checkpoints
   FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_log()`,
];
