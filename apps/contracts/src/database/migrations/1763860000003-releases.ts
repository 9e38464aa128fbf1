import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where products lie, and which agreements need a release of customs before they give access. */
export class Releases1763860000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE directory_places (
      product_id text PRIMARY KEY,
      stored_in text NOT NULL,
      as_of timestamptz NOT NULL
    )`);
    // Agreements of before crossed no border that anybody had decided about.
    await runner.query('ALTER TABLE agreements ADD COLUMN release jsonb');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
