import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Training is billed and certified as jobs are: its runs say on what grounds they compute, and its receipts join the chain. */
export class TrainingAccount1766000000701 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}

const STATEMENTS = [
  'ALTER TABLE training_runs ADD COLUMN gb_seconds double precision NOT NULL DEFAULT 0, ADD COLUMN grounds jsonb',
  // The id is a job's or a training run's; either writes it in the transaction that ends it.
  'ALTER TABLE job_receipts DROP CONSTRAINT job_receipts_job_id_fkey',
];
