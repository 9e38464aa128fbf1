import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When an entitlement rested: what is used meanwhile does not count, what was used before stands. */
export class PauseAccess1763980000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE access_pauses (
      entitlement_id text NOT NULL,
      starts_at timestamptz NOT NULL,
      ends_at timestamptz CHECK (ends_at >= starts_at),
      reason text NOT NULL,
      PRIMARY KEY (entitlement_id, starts_at)
    )`);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Migrations only go forward.'));
  }
}
