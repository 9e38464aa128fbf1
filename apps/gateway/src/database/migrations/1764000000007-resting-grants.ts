import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An entitlement may rest: nothing is delivered until it is resumed. */
export class RestingGrants1764000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE delivery_grants ADD COLUMN suspended_at timestamptz');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
