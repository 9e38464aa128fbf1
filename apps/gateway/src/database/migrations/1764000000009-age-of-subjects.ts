import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom nothing was told about for years is forgotten. */
export class AgeOfSubjects1764000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE webhook_subjects ADD COLUMN last_told_at timestamptz NOT NULL DEFAULT now()');
    await runner.query('CREATE INDEX webhook_subjects_age ON webhook_subjects (last_told_at)');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
