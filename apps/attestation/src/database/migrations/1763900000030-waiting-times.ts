import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when an entry waits: what the time until its checkpoint is measured from. */
export class WaitingTimes1763900000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Entries that are there already get the time of this change; most of them have their place and are never asked.
    await runner.query('ALTER TABLE log_entries ADD COLUMN enqueued_at timestamptz NOT NULL DEFAULT now()');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
