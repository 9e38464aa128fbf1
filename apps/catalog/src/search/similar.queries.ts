import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { IndexMirror, type IndexView } from './index.mirror.js';

/** Terms of its names that a product is compared by. */
const MAX_TERMS = 40;
/** What so many products have in common does not make two alike. */
const COMMON_SHARE = 0.1;
const FEW_PRODUCTS = 50;
/** A shared facet counts as much as a word that is in one product of so many. */
const KIND_WORTH = 0.5;
const INDUSTRY_WORTH = 1;

/** Finds what is like a product: by the things and words in their names, the rarer the more, by kind and industry. */
@Injectable()
export class SimilarQueries {
  readonly #database: Database;
  readonly #mirror: IndexMirror;

  constructor(@Inject(DATABASE) database: Database, mirror: IndexMirror) {
    this.#database = database;
    this.#mirror = mirror;
  }

  /** Ids of listed products, the most alike first; nothing where the product is not in the index. */
  async similarTo(productId: string, limit: number): Promise<readonly string[]> {
    const terms = await this.#namesOf(productId);
    const view = await this.#mirror.view(terms);
    const self = view.columns.ordinalOf(productId);
    if (self === undefined) return [];
    const likeness = likenessTo(self, terms, view);
    return [...likeness]
      .sort(([one, its], [other, others]) => others - its || other - one)
      .slice(0, limit)
      .map(([ordinal]) => view.columns.productIds[ordinal] ?? '');
  }

  /** Things with names, words, and pairs of characters; single characters are in too many. */
  async #namesOf(productId: string): Promise<readonly string[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ term: string }>(
        `SELECT term FROM search_documents, unnest(terms) AS term
         WHERE product_id = $1 AND term LIKE '^__%' ORDER BY term LIKE '^=%' DESC, length(term) DESC, term LIMIT $2`,
        [productId, MAX_TERMS],
      ),
    );
    return rows.map(({ term }) => term);
  }
}

function likenessTo(
  self: number,
  terms: readonly string[],
  { columns, postings }: IndexView,
): ReadonlyMap<number, number> {
  const common = Math.max(FEW_PRODUCTS, columns.size * COMMON_SHARE);
  const listed = columns.withStatus('listed');
  const likeness = new Map<number, number>();
  for (const term of terms) {
    const documents = postings(term);
    const { count } = documents;
    if (count < 2 || count > common) continue;
    const worth = Math.log(1 + columns.size / count);
    documents.forEach((ordinal) => {
      if (ordinal !== self && listed.has(ordinal)) likeness.set(ordinal, (likeness.get(ordinal) ?? 0) + worth);
    });
  }
  const own = { kind: columns.facet('kind'), industry: columns.facet('industry') };
  const shares = (name: keyof typeof own, ordinal: number): boolean =>
    own[name].some((documents) => documents.has(self) && documents.has(ordinal));
  for (const [ordinal, worth] of likeness) {
    const more = (shares('kind', ordinal) ? KIND_WORTH : 0) + (shares('industry', ordinal) ? INDUSTRY_WORTH : 0);
    likeness.set(ordinal, worth + more);
  }
  return likeness;
}
