import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a product holds and where it lies. Products of before lie where their merchant sits. */
export class DataDescription1763860000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE products
      ADD COLUMN stored_in text,
      ADD COLUMN subjects_in text[] NOT NULL DEFAULT '{}',
      ADD COLUMN fields jsonb NOT NULL DEFAULT '[]'`);
    await runner.query(
      'UPDATE products SET stored_in = (SELECT jurisdiction FROM participants WHERE id = products.merchant_id)',
    );
    await runner.query('ALTER TABLE products ALTER COLUMN stored_in SET NOT NULL');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
