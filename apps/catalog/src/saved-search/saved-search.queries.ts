import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { SavedSearch } from './saved-search.dto.js';
import { SAVED_SEARCH_COLUMNS, type Alert } from './saved-search.repository.js';

interface Owner {
  readonly organisationId: string;
  readonly subject: string;
}

/** Reads the searches a person keeps, and what they found. */
@Injectable()
export class SavedSearchQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** A person's own, newest first. */
  async list(
    { organisationId, subject }: Owner,
    before: string | null,
    limit: number,
  ): Promise<readonly SavedSearch[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<SavedSearch>(
        `SELECT ${SAVED_SEARCH_COLUMNS} FROM saved_searches s WHERE organisation_id = $1 AND subject = $2
           AND ($3::text IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
        [organisationId, subject, before, limit],
      ),
    );
    return rows;
  }

  /** What a person's search found, newest first; undefined when it is not his. */
  async alerts(
    owner: Owner & { readonly id: string },
    before: readonly [at: string, productId: string] | null,
    limit: number,
  ): Promise<readonly Alert[] | undefined> {
    return this.#database.withClient(async (client) => {
      const { id, organisationId, subject } = owner;
      const { rowCount } = await client.query(
        'SELECT FROM saved_searches WHERE id = $1 AND organisation_id = $2 AND subject = $3',
        [id, organisationId, subject],
      );
      if (rowCount === 0) return undefined;
      const { rows } = await client.query<Alert>(
        `SELECT product_id AS "productId", product_version AS "productVersion", at FROM search_alerts
         WHERE saved_search_id = $1 AND ($2::timestamptz IS NULL OR (at, product_id) < ($2, $3::text))
         ORDER BY at DESC, product_id DESC LIMIT $4`,
        [id, before?.[0] ?? null, before?.[1] ?? null, limit],
      );
      return rows;
    });
  }
}
