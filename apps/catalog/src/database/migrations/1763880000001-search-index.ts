import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The index products are searched in, and what it needs to have heard of offers and entitlements. GIN's list of pending
 * entries is off: a change costs a few milliseconds more, and no reader ever pays for the changes before him.
 */
export class SearchIndex1763880000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Nobody writes it any more; a process of before may, while both are up.
    await runner.query('ALTER TABLE products ALTER COLUMN search_text DROP NOT NULL');
    await runner.query(`
      CREATE TABLE search_documents (
        product_id text PRIMARY KEY REFERENCES products (id),
        ordinal integer GENERATED ALWAYS AS IDENTITY UNIQUE,
        merchant_id text NOT NULL,
        status text NOT NULL,
        is_public boolean NOT NULL,
        facets text[] NOT NULL,
        standing smallint NOT NULL,
        entry_price bigint,
        listed_at timestamptz,
        open_to text[] NOT NULL,
        offers_until timestamptz,
        terms text[] NOT NULL,
        built_by smallint NOT NULL,
        changed_in xid8 NOT NULL
      )`);
    await runner.query(
      'CREATE INDEX search_documents_by_term ON search_documents USING gin (terms) WITH (fastupdate = off)',
    );
    await runner.query('CREATE INDEX search_documents_by_change ON search_documents (changed_in)');
    await runner.query('CREATE INDEX search_documents_by_offer_end ON search_documents (offers_until)');
    await runner.query('CREATE INDEX search_documents_by_build ON search_documents (built_by)');
    await runner.query(`
      CREATE TABLE search_words (
        word text PRIMARY KEY,
        spellings text[] NOT NULL
      )`);
    await runner.query(
      'CREATE INDEX search_words_by_spelling ON search_words USING gin (spellings) WITH (fastupdate = off)',
    );
    await runner.query('CREATE INDEX search_words_by_beginning ON search_words (word text_pattern_ops)');
    await runner.query(`
      CREATE TABLE search_offers (
        offer_id text PRIMARY KEY,
        product_id text NOT NULL,
        currency text NOT NULL,
        components jsonb NOT NULL,
        places_of_use text[] NOT NULL,
        valid_until timestamptz NOT NULL,
        withdrawn boolean NOT NULL
      )`);
    await runner.query('CREATE INDEX search_offers_of_product ON search_offers (product_id)');
    await runner.query(`
      CREATE TABLE search_entitlements (
        entitlement_id text PRIMARY KEY,
        buyer_id text NOT NULL,
        product_id text NOT NULL,
        valid_from timestamptz NOT NULL,
        valid_until timestamptz NOT NULL,
        revoked boolean NOT NULL,
        rests boolean NOT NULL
      )`);
    await runner.query('CREATE INDEX search_entitlements_of_buyer ON search_entitlements (buyer_id)');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
