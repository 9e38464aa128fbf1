import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Catalogs are read from offers and listings themselves, so they are never behind: a walk along the products in order,
 * with a look at the open offers of each, that ends when the page is full.
 */
export class DataspaceCatalog1764010000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX offers_in_catalog ON offers (product_id, id) WHERE status = 'published'`);
    await runner.query(`CREATE INDEX directory_products_by_title ON directory_products ((name ->> 'en')) WHERE listed`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
