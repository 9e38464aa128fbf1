import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A hold keeps the score it was put for in figures and in every language, so that it is told in the reader's. */
export class RiskOfHolds1764500000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE declaration_holds ADD COLUMN risk jsonb');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
