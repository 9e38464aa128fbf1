import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateNotes1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notes (
        id text PRIMARY KEY,
        organisation_id text NOT NULL,
        text text NOT NULL UNIQUE,
        version integer NOT NULL,
        written_at timestamptz NOT NULL
      )`);
    await runner.query(
      'CREATE TABLE readings (note_id text NOT NULL, event_id text NOT NULL, length integer NOT NULL)',
    );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward.'));
  }
}
