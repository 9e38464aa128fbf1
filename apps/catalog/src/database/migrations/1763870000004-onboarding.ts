import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Onboarding by the organisation itself: its papers, the people it names, and certificates that end. */
export class Onboarding1763870000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE participants
      ADD COLUMN profile jsonb,
      ADD COLUMN submitted_at timestamptz,
      ADD COLUMN submitted_by text,
      ADD COLUMN taken_by text,
      ADD COLUMN ended_at timestamptz,
      ADD COLUMN end_reason text,
      ADD COLUMN certificate_number text,
      ADD COLUMN certificate_until text,
      ADD COLUMN name_skeletons text[] NOT NULL DEFAULT '{}',
      DROP CONSTRAINT participants_status_check`);
    await runner.query(`ALTER TABLE participants
      ADD CONSTRAINT participants_status_check CHECK (status IN ('draft', 'registered', 'submitted', 'review',
        'supplement', 'approved', 'suspended', 'ended')),
      ADD CONSTRAINT participants_ended_check CHECK ((status = 'ended') = (ended_at IS NOT NULL))`);
    await runner.query('CREATE INDEX participants_by_skeleton ON participants USING gin (name_skeletons)');
    await runner.query(`
      CREATE TABLE participant_documents (
        id text PRIMARY KEY,
        participant_id text NOT NULL REFERENCES participants (id),
        requirement text NOT NULL,
        title text NOT NULL,
        number text,
        issuer text NOT NULL,
        legalisation text,
        issued_on text NOT NULL,
        valid_until text,
        sha256 text NOT NULL,
        added_at timestamptz NOT NULL,
        added_by text NOT NULL,
        replaced_at timestamptz
      )`);
    await runner.query(`CREATE UNIQUE INDEX participant_documents_current ON participant_documents
      (participant_id, requirement) WHERE replaced_at IS NULL`);
    await runner.query(`
      CREATE TABLE organisation_members (
        organisation_id text NOT NULL REFERENCES participants (id),
        subject text NOT NULL,
        display_name text NOT NULL,
        roles text[] NOT NULL CHECK (cardinality(roles) > 0),
        added_at timestamptz NOT NULL,
        added_by text NOT NULL,
        revision integer NOT NULL CHECK (revision > 0),
        PRIMARY KEY (organisation_id, subject)
      )`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
