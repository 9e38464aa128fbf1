import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Uploads of history that go on where they broke off, and the keys of short-lived ingest tokens. */
export class TakeUsageInFiles1763890000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Migrations only go forward.'));
  }
}

const statements = [
  `CREATE TABLE usage_uploads (
     upload_id text PRIMARY KEY,
     sender_id text NOT NULL,
     name text NOT NULL,
     state text NOT NULL CHECK (state IN ('open', 'completed')),
     next_offset bigint NOT NULL DEFAULT 0 CHECK (next_offset >= 0),
     lines bigint NOT NULL DEFAULT 0,
     received bigint NOT NULL DEFAULT 0 CHECK (received = accepted + duplicates + conflicts + rejected),
     accepted bigint NOT NULL DEFAULT 0,
     duplicates bigint NOT NULL DEFAULT 0,
     conflicts bigint NOT NULL DEFAULT 0,
     rejected bigint NOT NULL DEFAULT 0,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL
   )`,
  'CREATE INDEX usage_uploads_by_sender ON usage_uploads (sender_id, created_at, upload_id)',
  `CREATE TABLE usage_upload_faults (
     upload_id text NOT NULL REFERENCES usage_uploads (upload_id),
     line bigint NOT NULL,
     event_id text,
     status text NOT NULL CHECK (status IN ('conflict', 'rejected')),
     fault json NOT NULL,
     PRIMARY KEY (upload_id, line)
   )`,
  `CREATE TABLE usage_token_keys (
     key_id text PRIMARY KEY,
     secret bytea NOT NULL CHECK (length(secret) = 32),
     created_at timestamptz NOT NULL
   )`,
];
