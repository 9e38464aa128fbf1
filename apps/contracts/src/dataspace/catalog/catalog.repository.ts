import { Inject, Injectable } from '@nestjs/common';
import type { LocalizedText } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { UsagePolicy } from '../../policy/policy.js';
import type { CatalogCriterion } from './catalog-filter.js';

/** A product with the offers of it that one reader may see. */
export interface CatalogEntry {
  readonly productId: string;
  readonly name: LocalizedText;
  readonly kind: string;
  readonly version: number;
  readonly storedIn: string | null;
  /** At least one. */
  readonly offers: readonly { readonly id: string; readonly policy: UsagePolicy }[];
}

/** One page, by where it begins. */
export interface CatalogPage {
  readonly organisationId: string;
  readonly now: Date;
  readonly criteria: readonly CatalogCriterion[];
  /** Behind this product, in the order of ids. */
  readonly after: string | null;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** $1 organisation, $2 now. A private offer is there for the buyer it names alone; nobody is offered what is his own. */
const VISIBLE = `status = 'published' AND valid_until > $2 AND (buyer_id IS NULL OR buyer_id = $1) AND merchant_id <> $1`;
/** Products in their order, as far as the page goes; only then their offers are put together. */
const PRODUCTS = `SELECT d.* FROM directory_products d
  WHERE d.listed AND d.name IS NOT NULL
    AND EXISTS (SELECT 1 FROM directory_parties m WHERE m.id = d.merchant_id AND m.standing = 'approved')
    AND EXISTS (SELECT 1 FROM offers WHERE product_id = d.id AND ${VISIBLE})`;
const entriesOf = (products: string, order: string) => `
  SELECT d.id AS "productId", d.name, d.kind, d.version, pl.stored_in AS "storedIn", o.offers
  FROM (${products}) d LEFT JOIN directory_places pl ON pl.product_id = d.id
    CROSS JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('id', id, 'policy', policy) ORDER BY id) AS offers
      FROM offers WHERE product_id = d.id AND ${VISIBLE}) o
  ${order}`;
const FIELDS = { id: 'd.id', title: `d.name ->> 'en'` } as const;

/** Reads what is on offer, for one reader. */
@Injectable()
export class CatalogRepository {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async page(page: CatalogPage): Promise<CatalogEntry[]> {
    const params: unknown[] = [page.organisationId, page.now];
    const bind = (value: unknown) => `$${params.push(value)}`;
    const conditions = page.criteria.map((criterion) => conditionOf(criterion, bind));
    if (page.after !== null) conditions.push(`d.id ${page.descending ? '<' : '>'} ${bind(page.after)}`);
    const where = conditions.map((condition) => ` AND ${condition}`).join('');
    const order = `ORDER BY d.id ${page.descending ? 'DESC' : 'ASC'}`;
    const bounds = `LIMIT ${bind(page.limit)} OFFSET ${bind(page.offset)}`;
    return this.#rows(entriesOf(`${PRODUCTS}${where} ${order} ${bounds}`, order), params);
  }

  async one(productId: string, organisationId: string, now: Date): Promise<CatalogEntry | undefined> {
    const [entry] = await this.#rows(entriesOf(`${PRODUCTS} AND d.id = $3`, ''), [organisationId, now, productId]);
    return entry;
  }

  async #rows(sql: string, params: unknown[]): Promise<CatalogEntry[]> {
    const { rows } = await this.#database.withClient((client) => client.query<CatalogEntry>(sql, params));
    return rows;
  }
}

/** Values are always bound, never written into the statement. */
function conditionOf({ field, operator, values }: CatalogCriterion, bind: (value: unknown) => string): string {
  const column = FIELDS[field];
  switch (operator) {
    case '=':
      return `${column} = ${bind(values[0])}`;
    case 'in':
      return `${column} = ANY(${bind(values)})`;
    case 'like':
      return `${column} LIKE ${bind(values[0])}`;
    case 'ilike':
      return `${column} ILIKE ${bind(values[0])}`;
  }
}
