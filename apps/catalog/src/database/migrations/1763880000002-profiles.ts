import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that are to be profiled, their bytes until that is done, and what was found out. */
export class Profiles1763880000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE profiles (
        id text PRIMARY KEY,
        organisation_id text NOT NULL,
        name text NOT NULL,
        format text NOT NULL CHECK (format IN ('csv', 'jsonl', 'parquet')),
        encoding text,
        renewed_every_days integer,
        state text NOT NULL CHECK (state IN ('open', 'waiting', 'running', 'completed', 'failed')),
        next_offset bigint NOT NULL,
        progress smallint NOT NULL CHECK (progress BETWEEN 0 AND 100),
        attempts smallint NOT NULL,
        held_until timestamptz,
        problem jsonb,
        result jsonb,
        created_at timestamptz NOT NULL,
        finished_at timestamptz,
        CHECK ((state = 'running') = (held_until IS NOT NULL)),
        CHECK ((state = 'failed') = (problem IS NOT NULL)),
        CHECK ((state = 'completed') = (result IS NOT NULL))
      )`);
    await runner.query('CREATE INDEX profiles_of_organisation ON profiles (organisation_id, id)');
    await runner.query(
      `CREATE INDEX profiles_to_do ON profiles (created_at) WHERE state IN ('open', 'waiting', 'running')`,
    );
    await runner.query(`
      CREATE TABLE profile_parts (
        profile_id text NOT NULL REFERENCES profiles (id),
        begins_at bigint NOT NULL,
        bytes bytea NOT NULL,
        PRIMARY KEY (profile_id, begins_at)
      )`);
    // Data does not get much smaller by PostgreSQL's compression, and is read once.
    await runner.query('ALTER TABLE profile_parts ALTER COLUMN bytes SET STORAGE EXTERNAL');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
