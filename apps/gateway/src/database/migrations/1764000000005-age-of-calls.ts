import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Old calls are found without reading all of them. */
export class AgeOfCalls1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX delivery_calls_age ON delivery_calls (begun_at)');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
