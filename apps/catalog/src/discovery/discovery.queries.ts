import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { PublicProduct } from './public-product.js';

const LISTED = `SELECT p.id, p.kind, p.name, p.description, p.languages, p.stored_in AS "storedIn",
  p.subjects_in AS "subjectsIn", p.fields, p.card, p.version, p.listed_at AS "listedAt", m.name AS "merchantName"
  FROM products p JOIN participants m ON m.id = p.merchant_id
  WHERE p.status = 'listed' AND p.version_of IS NULL`;

/** Reads what is on the market, for anybody. */
@Injectable()
export class DiscoveryQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async get(id: string): Promise<PublicProduct | undefined> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<PublicProduct>(`${LISTED} AND p.id = $1`, [id]),
    );
    return rows[0];
  }

  /** In the order of their ids, so that a harvest sees each once whatever comes and goes meanwhile. */
  async page(after: string | null, limit: number): Promise<readonly PublicProduct[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<PublicProduct>(`${LISTED} AND ($1::text IS NULL OR p.id > $1) ORDER BY p.id LIMIT $2`, [
        after,
        limit,
      ]),
    );
    return rows;
  }
}
