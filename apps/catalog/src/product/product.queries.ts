import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Reader, type Result, seesEveryTenant } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { searchPatterns } from './product-search.js';
import { toProductDto, type ProductDto, type ProductQueryDto } from './product.dto.js';
import { productErrors, type ProductError } from './product.errors.js';
import type { Product } from './product.js';

const COLUMNS = `id, merchant_id AS "merchantId", name, description, kind, languages, status, version, revision,
  stored_in AS "storedIn", subjects_in AS "subjectsIn", fields,
  created_at AS "createdAt", submitted_at AS "submittedAt", submitted_by AS "submittedBy", listed_at AS "listedAt",
  listed_by AS "listedBy", return_reason AS "returnReason", delisted_at AS "delistedAt",
  delist_reason AS "delistReason"`;

/** What is or was on the market is public; the rest is the merchant's own and the exchange's. */
const VISIBLE = `($1 OR status IN ('listed', 'delisted') OR merchant_id = $2)`;

/** Reads products as their reader may see them, newest first. */
@Injectable()
export class ProductQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: ProductQueryDto, reader: Reader): Promise<Page<ProductDto>> {
    const filter = { q: query.q, status: query.status, kind: query.kind, merchant: query.merchant_id };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const { rows } = await this.#database.withClient((client) =>
      client.query<Product>(
        `SELECT ${COLUMNS} FROM products
         WHERE ${VISIBLE} AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR kind = $4)
           AND ($5::text IS NULL OR merchant_id = $5) AND search_text LIKE ALL ($6::text[])
           AND ($7::text IS NULL OR id < $7)
         ORDER BY id DESC LIMIT $8`,
        [
          seesEveryTenant(reader),
          reader.organisationId,
          query.status ?? null,
          query.kind ?? null,
          query.merchant_id ?? null,
          searchPatterns(query.q ?? ''),
          before,
          query.limit + 1,
        ],
      ),
    );
    return cursorPage(rows.map(toProductDto), query.limit, (product) => [product.id], filter);
  }

  async get(id: string, reader: Reader): Promise<Result<ProductDto, ProductError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<Product>(`SELECT ${COLUMNS} FROM products WHERE ${VISIBLE} AND id = $3`, [
        seesEveryTenant(reader),
        reader.organisationId,
        id,
      ]),
    );
    const [found] = rows;
    return found === undefined
      ? err(productErrors.PRODUCT_UNKNOWN(`There is no product ${id}.`))
      : ok(toProductDto(found));
  }
}
