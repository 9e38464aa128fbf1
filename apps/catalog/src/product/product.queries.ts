import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Reader, type Result, seesEveryTenant } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { toProductDto, type ProductDto } from './product.dto.js';
import { productErrors, type ProductError } from './product.errors.js';
import type { Product } from './product.js';

/** The columns of a product, named as the rules name them: `SELECT ${PRODUCT_COLUMNS} FROM products` reads a `Product`. */
export const PRODUCT_COLUMNS = `id, merchant_id AS "merchantId", name, description, kind, languages, status, version,
  revision, stored_in AS "storedIn", subjects_in AS "subjectsIn", fields,
  created_at AS "createdAt", submitted_at AS "submittedAt", submitted_by AS "submittedBy", listed_at AS "listedAt",
  listed_by AS "listedBy", return_reason AS "returnReason", delisted_at AS "delistedAt",
  delist_reason AS "delistReason", card, gene_use AS "geneUse", submissions, passed, refusal,
  suspended_at AS "suspendedAt", suspend_reason AS "suspendReason", certificate_number AS "certificateNumber",
  certificate_until AS "certificateUntil", version_of AS "versionOf", effective_at AS "effectiveAt"`;

/** What is or was on the market is public; the rest is the merchant's own and the exchange's. */
const VISIBLE = `($1 OR version_of IS NULL AND status IN ('listed', 'suspended', 'delisted') OR merchant_id = $2)`;

/** Reads products as their reader may see them. Lists of them are the search's. */
@Injectable()
export class ProductQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** These products, in the order they are named; what the reader may not see is left out. */
  async byIds(ids: readonly string[], reader: Reader): Promise<readonly ProductDto[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<Product>(`SELECT ${PRODUCT_COLUMNS} FROM products WHERE ${VISIBLE} AND id = ANY ($3::text[])`, [
        seesEveryTenant(reader),
        reader.organisationId,
        ids,
      ]),
    );
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => found.get(id) ?? []).map(toProductDto);
  }

  async get(id: string, reader: Reader): Promise<Result<ProductDto, ProductError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<Product>(`SELECT ${PRODUCT_COLUMNS} FROM products WHERE ${VISIBLE} AND id = $3`, [
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
