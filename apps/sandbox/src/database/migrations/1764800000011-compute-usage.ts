import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Compute that was reserved before it was used, and settled after. */
export class ComputeUsage1764800000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE compute_usage (
      use_id text NOT NULL, meter text NOT NULL, agreement_id text NOT NULL, state text NOT NULL,
      reserved numeric NOT NULL, settled numeric, reserved_at timestamptz NOT NULL, settled_at timestamptz,
      PRIMARY KEY (use_id, meter))`);
    await runner.query('CREATE INDEX compute_usage_by_agreement ON compute_usage (agreement_id, meter)');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
