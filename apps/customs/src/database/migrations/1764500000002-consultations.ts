import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Questions to officers, their threads, and the anonymised answers others can find. */
export class Consultations1764500000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE consultations (
        id text PRIMARY KEY,
        organisation_id text NOT NULL,
        declaration_id text,
        subject text NOT NULL,
        status text NOT NULL CHECK (status IN ('open', 'answered', 'closed')),
        opened_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX consultations_of_organisation ON consultations (organisation_id, id)');
    await runner.query(`
      CREATE TABLE consultation_messages (
        consultation_id text NOT NULL REFERENCES consultations (id),
        number integer NOT NULL CHECK (number BETWEEN 1 AND 500),
        from_officer boolean NOT NULL,
        author text NOT NULL,
        text text NOT NULL,
        citations text[] NOT NULL,
        attachments jsonb NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (consultation_id, number)
      )`);
    await runner.query(`
      CREATE TABLE precedents (
        id text PRIMARY KEY,
        question text NOT NULL,
        answer text NOT NULL,
        citations text[] NOT NULL,
        rule_set_version text NOT NULL,
        published_by text NOT NULL,
        published_at timestamptz NOT NULL
      )`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
