import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A month that is being closed counts what was durable in the log before, and only then lists what it publishes. */
export class FencePeriods1763980000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE usage_periods ADD listed_at timestamptz');
    // Until now a month was listed when it was sealed.
    await runner.query('UPDATE usage_periods SET listed_at = sealed_at');
    // Where each partition of the log ended when the closing began: what lies below belongs to the month all the same.
    await runner.query(`CREATE TABLE usage_period_fences (
      period text NOT NULL REFERENCES usage_periods (period),
      cluster_id text NOT NULL,
      partition integer NOT NULL,
      next_offset bigint NOT NULL CHECK (next_offset > 0),
      PRIMARY KEY (period, partition)
    )`);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Migrations only go forward.'));
  }
}
