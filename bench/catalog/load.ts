import type { Database } from '@hetao/persistence';
import { BUILT_BY, deletionsOf, factsOf, labelsOf, readableOf, termsOf, wordsIn } from '@hetao/catalog/search';
import { merchantId, offersOf, productOf } from './products.js';

export const MERCHANTS = 200;
const BATCH = 1_000;
const merchant = {
  name: { en: 'Bench Data', 'zh-Hans': '基准数据', 'zh-Hant': '基準數據' },
  jurisdiction: 'HK',
} as const;

/**
 * Puts products and their documents in, made by the catalog's own rules. The index of terms is built when all are in, as
 * PostgreSQL builds any index of what is there already; changes come after, one by one, as they do in life.
 */
export async function loadProducts(database: Database, count: number): Promise<void> {
  await database.withClient(async (client) => {
    await client.query(
      `INSERT INTO participants (id, name, jurisdiction, roles, home_currency, status, registered_at, revision)
       SELECT id, $2, $3, '{merchant,buyer}', 'HKD', 'approved', now(), 1 FROM unnest($1::text[]) AS id`,
      [Array.from({ length: MERCHANTS }, (_, at) => merchantId(at)), merchant.name, merchant.jurisdiction],
    );
    const { rows } = await client.query<{ indexdef: string }>(
      `SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() AND indexname = 'search_documents_by_term'`,
    );
    await client.query('DROP INDEX search_documents_by_term');
    const words = new Set<string>();
    for (let first = 0; first < count; first += BATCH)
      await loadBatch(client, first, Math.min(BATCH, count - first), words);
    await client.query(
      `INSERT INTO search_words SELECT word, spellings FROM jsonb_to_recordset($1::jsonb) AS x (word text, spellings text[])
       ON CONFLICT DO NOTHING`,
      [JSON.stringify([...words].map((word) => ({ word, spellings: deletionsOf(word) })))],
    );
    await client.query(`SET maintenance_work_mem = '256MB'; SET statement_timeout = 0`);
    await client.query(rows[0]?.indexdef ?? '');
    await client.query('RESET maintenance_work_mem; RESET statement_timeout');
    await client.query('ANALYZE products, search_documents, search_words');
  });
}

type Client = Parameters<Parameters<Database['withClient']>[0]>[0];

async function loadBatch(client: Client, first: number, size: number, words: Set<string>): Promise<void> {
  const made = Array.from({ length: size }, (_, at) => {
    const product = productOf(first + at, MERCHANTS);
    const facts = factsOf(product, merchant, offersOf(first + at));
    const terms = termsOf(readableOf(product, merchant));
    for (const word of wordsIn(terms)) words.add(word);
    return {
      product,
      facts: { ...facts, labels: labelsOf(facts.facets), entryPrice: facts.entryPrice?.toString() ?? null },
      terms,
    };
  });
  // Together, or the service would find products without a document and make it.
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO products (id, merchant_id, name, description, kind, languages, status, version, revision, created_at,
       listed_at, stored_in, subjects_in, fields, card, certificate_number)
     SELECT id, "merchantId", name, description, kind, languages, status, version, revision, "createdAt", "listedAt",
       "storedIn", "subjectsIn", fields, card, NULL
     FROM jsonb_to_recordset($1::jsonb) AS x (id text, "merchantId" text, name jsonb, description jsonb, kind text,
       languages text[], status text, version int, revision int, "createdAt" timestamptz, "listedAt" timestamptz,
       "storedIn" text, "subjectsIn" text[], fields jsonb, card jsonb)`,
    [JSON.stringify(made.map(({ product }) => product))],
  );
  await client.query(
    `INSERT INTO search_documents (product_id, merchant_id, status, is_public, facets, standing, entry_price, listed_at,
       open_to, offers_until, terms, built_by, changed_in)
     SELECT "productId", "merchantId", status, "isPublic", labels, standing, "entryPrice", "listedAt", "openTo",
       "offersUntil", terms, ${BUILT_BY}, pg_current_xact_id()
     FROM jsonb_to_recordset($1::jsonb) AS x ("productId" text, "merchantId" text, status text, "isPublic" boolean,
       labels text[], standing int, "entryPrice" bigint, "listedAt" timestamptz, "openTo" text[],
       "offersUntil" timestamptz, terms text[])`,
    [JSON.stringify(made.map(({ facts, terms }) => ({ ...facts, terms })))],
  );
  await client.query('COMMIT');
}
