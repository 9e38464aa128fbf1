import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Searches people keep, and the products that came to be found by them. */
export class SavedSearches1763880000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE saved_searches (
        id text PRIMARY KEY,
        organisation_id text NOT NULL,
        subject text NOT NULL,
        name text NOT NULL,
        criteria jsonb NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX saved_searches_of_person ON saved_searches (organisation_id, subject, id)');
    await runner.query(`
      CREATE TABLE search_alerts (
        saved_search_id text NOT NULL REFERENCES saved_searches (id) ON DELETE CASCADE,
        product_id text NOT NULL REFERENCES products (id),
        product_version integer NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (saved_search_id, product_id, product_version)
      )`);
    await runner.query('CREATE INDEX search_alerts_by_time ON search_alerts (saved_search_id, at, product_id)');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
