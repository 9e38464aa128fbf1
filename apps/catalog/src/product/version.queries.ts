import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { toVersionDto, type KeptVersion, type VersionDto } from './version.dto.js';

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
        `SELECT version, breaking, announced_at AS "announcedAt", effective_at AS "effectiveAt", changes
         FROM product_versions WHERE product_id = $1 AND ($2::integer IS NULL OR version < $2)
         ORDER BY version DESC LIMIT $3`,
        [productId, before, page.limit + 1],
      ),
    );
    return cursorPage(rows.map(toVersionDto), page.limit, ({ version }) => [version], filter);
  }
}
