import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Data that stays, who may compute on it, what was asked of it, what left it. */
export class EnclavesAndLicences1764800000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...ENCLAVES, ...LICENCES, ...LEDGER, ...JOBS, ...OUTPUTS]) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const ENCLAVES = [
  `CREATE TABLE enclaves (
    id text PRIMARY KEY, product_id text NOT NULL UNIQUE, custodian_id text NOT NULL, name jsonb NOT NULL,
    data_class text NOT NULL, origin text NOT NULL, is_synthetic boolean NOT NULL, min_patients int NOT NULL,
    terms jsonb NOT NULL, created_at timestamptz NOT NULL, created_by text NOT NULL)`,
  `CREATE TABLE dataset_versions (
    id text PRIMARY KEY, enclave_id text NOT NULL REFERENCES enclaves, version int NOT NULL, patients int NOT NULL,
    content_hash text NOT NULL, tables jsonb NOT NULL, card jsonb NOT NULL, admitted_at timestamptz NOT NULL,
    admitted_by text NOT NULL, UNIQUE (enclave_id, version))`,
  `CREATE TABLE legal_bases (
    id text PRIMARY KEY, enclave_id text NOT NULL REFERENCES enclaves, kind text NOT NULL, reference text NOT NULL,
    destination text NOT NULL, valid_from timestamptz NOT NULL, valid_until timestamptz NOT NULL,
    recorded_by text NOT NULL, recorded_at timestamptz NOT NULL, withdrawn_at timestamptz)`,
  'CREATE INDEX legal_bases_by_enclave ON legal_bases (enclave_id, destination)',
];

const LICENCES = [
  `CREATE TABLE compute_licences (
    entitlement_id text PRIMARY KEY, agreement_id text NOT NULL, product_id text NOT NULL, merchant_id text NOT NULL,
    buyer_id text NOT NULL, purposes text[] NOT NULL, places text[] NOT NULL, meters text[] NOT NULL,
    needs_release boolean NOT NULL, valid_from timestamptz NOT NULL, valid_until timestamptz NOT NULL)`,
  'CREATE INDEX compute_licences_by_buyer ON compute_licences (buyer_id, product_id)',
  'CREATE INDEX compute_licences_by_agreement ON compute_licences (agreement_id)',
  `CREATE TABLE licence_stops (subject_id text PRIMARY KEY, reason text NOT NULL, stopped_at timestamptz NOT NULL)`,
  `CREATE TABLE licence_pauses (
    entitlement_id text NOT NULL, starts_at timestamptz NOT NULL, ends_at timestamptz, reason text NOT NULL,
    PRIMARY KEY (entitlement_id, starts_at))`,
  `CREATE TABLE licence_people (
    agreement_id text NOT NULL, subject text NOT NULL, name text NOT NULL, place text NOT NULL, trained_on date NOT NULL,
    admitted_by text NOT NULL, admitted_at timestamptz NOT NULL, ended_at timestamptz, PRIMARY KEY (agreement_id, subject))`,
  `CREATE TABLE code_approvals (
    enclave_id text NOT NULL REFERENCES enclaves, agreement_id text, code_hash text NOT NULL, name text NOT NULL,
    approved_by text NOT NULL, approved_at timestamptz NOT NULL, withdrawn_at timestamptz)`,
  `CREATE UNIQUE INDEX code_approvals_once ON code_approvals (enclave_id, coalesce(agreement_id, ''), code_hash)`,
];

const LEDGER = [
  `CREATE TABLE query_ledger (id text PRIMARY KEY, family text NOT NULL, job_id text NOT NULL, asked_at timestamptz NOT NULL)`,
  'CREATE INDEX query_ledger_by_day ON query_ledger (family, asked_at)',
  `CREATE TABLE query_ledger_sets (
    entry_id text NOT NULL REFERENCES query_ledger, family text NOT NULL, set_hash text NOT NULL, patients int NOT NULL,
    members bytea NOT NULL, PRIMARY KEY (family, set_hash))`,
  'CREATE INDEX query_ledger_sets_by_size ON query_ledger_sets (family, patients)',
];

const JOBS = [
  `CREATE TABLE jobs (
    id text PRIMARY KEY, enclave_id text NOT NULL REFERENCES enclaves, version_id text NOT NULL, agreement_id text NOT NULL,
    buyer_id text NOT NULL, custodian_id text NOT NULL, author text NOT NULL, kind text NOT NULL, body jsonb NOT NULL,
    code_hash text NOT NULL, is_dry_run boolean NOT NULL, state text NOT NULL, reason text, floor text NOT NULL,
    level text, basis jsonb NOT NULL, meters text[] NOT NULL, reserved jsonb NOT NULL, used jsonb, money text NOT NULL,
    progress int NOT NULL DEFAULT 0, result jsonb, submitted_at timestamptz NOT NULL, changed_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1)`,
  `CREATE INDEX jobs_waiting ON jobs (submitted_at) WHERE state = 'queued'`,
  'CREATE INDEX jobs_by_buyer ON jobs (buyer_id, id)',
  'CREATE INDEX jobs_by_agreement ON jobs (agreement_id, code_hash)',
  `CREATE TABLE job_receipts (
    job_id text PRIMARY KEY REFERENCES jobs, enclave_id text NOT NULL, position bigint NOT NULL, document jsonb NOT NULL,
    hash text NOT NULL, signature text NOT NULL, issued_at timestamptz NOT NULL, UNIQUE (enclave_id, position))`,
];

const OUTPUTS = [
  `CREATE TABLE output_requests (
    id text PRIMARY KEY, enclave_id text NOT NULL REFERENCES enclaves, job_id text, agreement_id text NOT NULL,
    buyer_id text NOT NULL, custodian_id text NOT NULL, author text NOT NULL, kind text NOT NULL, title text NOT NULL,
    state text NOT NULL, file_name text NOT NULL, media_type text NOT NULL, content bytea NOT NULL, content_hash text NOT NULL,
    checks jsonb NOT NULL, exception jsonb, release_record jsonb, created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL, version int NOT NULL DEFAULT 1)`,
  'CREATE INDEX output_requests_by_buyer ON output_requests (buyer_id, id)',
  `CREATE TABLE output_reviews (
    output_id text NOT NULL REFERENCES output_requests, reviewer text NOT NULL, is_custodian boolean NOT NULL,
    content_hash text NOT NULL, vote text NOT NULL, comment text NOT NULL, voted_at timestamptz NOT NULL,
    PRIMARY KEY (output_id, reviewer, content_hash))`,
];
