import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A demonstration has more people than its sign-in page has room for: some are offered there, all may sign in. */
export class DemoCards1763800000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE accounts ADD COLUMN demo_card boolean NOT NULL DEFAULT false');
    await runner.query('UPDATE accounts SET demo_card = true WHERE demo');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
