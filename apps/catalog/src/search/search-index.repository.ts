import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { PRODUCT_COLUMNS } from '../product/product.queries.js';
import type { Product } from '../product/product.js';
import type { OpenOffer } from './entry-price.js';
import { labelsOf } from './facets.js';
import { deletionsOf } from './language/spelling.js';
import { wordsIn, type Term } from './language/terms.js';
import type { MerchantFacts, SearchFacts } from './search-facts.js';

/** Counts how documents are made: one more, and every document is made anew in the background. */
export const BUILT_BY = 1;

/** Writes the rows of the index, and reads what they are made of. */
@Injectable()
export class SearchIndexRepository {
  async merchant(tx: Tx, id: string): Promise<MerchantFacts> {
    const [merchant] = await tx.query<MerchantFacts>('SELECT name, jurisdiction FROM participants WHERE id = $1', [id]);
    if (merchant === undefined) throw new Error(`A product names the organisation ${id}, which does not exist.`);
    return merchant;
  }

  offers(tx: Tx, productId: string, at: Date): Promise<OpenOffer[]> {
    return tx.query<OpenOffer>(
      `SELECT currency, components, places_of_use AS "placesOfUse", valid_until AS "validUntil" FROM search_offers
       WHERE product_id = $1 AND NOT withdrawn AND valid_until > $2`,
      [productId, at],
    );
  }

  /** The product, kept from changing until the transaction ends. */
  async product(tx: Tx, id: string): Promise<Product | undefined> {
    const found = await tx.query<Product>(`SELECT ${PRODUCT_COLUMNS} FROM products WHERE id = $1 FOR UPDATE`, [id]);
    return found[0];
  }

  async save(tx: Tx, facts: SearchFacts, terms: readonly Term[]): Promise<void> {
    await tx.execute(
      `INSERT INTO search_documents (product_id, merchant_id, status, is_public, facets, standing, entry_price,
         listed_at, open_to, offers_until, terms, built_by, changed_in)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, pg_current_xact_id())
       ON CONFLICT (product_id) DO UPDATE SET merchant_id = excluded.merchant_id, status = excluded.status,
         is_public = excluded.is_public, facets = excluded.facets, standing = excluded.standing,
         entry_price = excluded.entry_price, listed_at = excluded.listed_at, open_to = excluded.open_to,
         offers_until = excluded.offers_until, terms = excluded.terms, built_by = excluded.built_by,
         changed_in = excluded.changed_in`,
      [
        facts.productId,
        facts.merchantId,
        facts.status,
        facts.isPublic,
        labelsOf(facts.facets),
        facts.standing,
        facts.entryPrice,
        facts.listedAt,
        facts.openTo,
        facts.offersUntil,
        terms,
        BUILT_BY,
      ],
    );
    await learnWords(tx, wordsIn(terms));
  }

  /** Products whose document is missing, made in an old way, or tells of offers that have ended. */
  async stale(tx: Tx, at: Date, limit: number): Promise<readonly string[]> {
    const rows = await tx.query<{ id: string }>(
      `(SELECT p.id FROM products p WHERE version_of IS NULL
          AND NOT EXISTS (SELECT FROM search_documents d WHERE d.product_id = p.id) LIMIT $2)
       UNION ALL (SELECT product_id FROM search_documents WHERE built_by < $3 LIMIT $2)
       UNION ALL (SELECT product_id FROM search_documents WHERE offers_until <= $1 LIMIT $2)`,
      [at, limit, BUILT_BY],
    );
    return rows.slice(0, limit).map(({ id }) => id);
  }
}

/** In the order of the words, so that two transactions that learn the same ones do not wait for each other in a circle. */
async function learnWords(tx: Tx, words: readonly string[]): Promise<void> {
  const unknown = await tx.query<{ word: string }>(
    'SELECT word FROM unnest($1::text[]) AS word WHERE NOT EXISTS (SELECT FROM search_words w WHERE w.word = word.word)',
    [words],
  );
  if (unknown.length === 0) return;
  const learned = unknown.map(({ word }) => ({ word, spellings: deletionsOf(word) }));
  await tx.execute(
    `INSERT INTO search_words SELECT word, spellings FROM jsonb_to_recordset($1::jsonb) AS x (word text, spellings text[])
     ORDER BY word ON CONFLICT DO NOTHING`,
    [JSON.stringify(learned)],
  );
}
