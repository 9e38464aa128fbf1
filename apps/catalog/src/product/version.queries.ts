import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { productErrors, type ProductError } from './product.errors.js';
import {
  toVersionDto,
  type KeptContent,
  type KeptVersion,
  type VersionContentDto,
  type VersionDto,
} from './version.dto.js';

const COLUMNS = 'version, breaking, announced_at AS "announcedAt", effective_at AS "effectiveAt", changes';

/** Reads the versions of a product, newest first. Who may see the product may see them. */
@Injectable()
export class VersionQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async of(productId: string, page: { limit: number; cursor?: string | undefined }): Promise<Page<VersionDto>> {
    const filter = { productId };
    const before = afterCursor(page.cursor, filter)?.[0] ?? null;
    const { rows } = await this.#database.withClient((client) =>
      client.query<KeptVersion>(
        `SELECT ${COLUMNS} FROM product_versions WHERE product_id = $1 AND ($2::integer IS NULL OR version < $2)
         ORDER BY version DESC LIMIT $3`,
        [productId, before, page.limit + 1],
      ),
    );
    return cursorPage(rows.map(toVersionDto), page.limit, ({ version }) => [version], filter);
  }

  /** One version with everything it said. */
  async get(productId: string, version: number): Promise<Result<VersionContentDto, ProductError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<KeptContent>(
        `SELECT ${COLUMNS}, content FROM product_versions WHERE product_id = $1 AND version = $2`,
        [productId, version],
      ),
    );
    const [kept] = rows;
    if (kept !== undefined) return ok({ ...toVersionDto(kept), content: kept.content });
    return err(productErrors.PRODUCT_VERSION_UNKNOWN(`Version ${version} of ${productId} was never on the market.`));
  }
}
