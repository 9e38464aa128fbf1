import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { SavedSearch } from './saved-search.dto.js';

/** The columns of a saved search, named as the rules name them, of `saved_searches s`. */
export const SAVED_SEARCH_COLUMNS = `id, organisation_id AS "organisationId", subject, name, criteria, created_at AS "createdAt",
  (SELECT count(*)::int FROM search_alerts a WHERE a.saved_search_id = s.id) AS alerts`;

/** A product that came to be found. */
export interface Alert {
  readonly productId: string;
  readonly productVersion: number;
  readonly at: Date;
}

/** Searches people keep, and what they were told of. */
@Injectable()
export class SavedSearchRepository {
  /** Adds a search unless its owner keeps that many; tells whether it did. */
  async add(tx: Tx, search: Omit<SavedSearch, 'alerts'>, most: number): Promise<boolean> {
    const { id, organisationId, subject, name, criteria, createdAt } = search;
    await tx.execute(`SELECT pg_advisory_xact_lock(hashtextextended('saved searches of ' || $1, 0))`, [subject]);
    const added = await tx.execute(
      `INSERT INTO saved_searches (id, organisation_id, subject, name, criteria, created_at)
       SELECT $1, $2, $3, $4, $5, $6
       WHERE (SELECT count(*) FROM saved_searches WHERE organisation_id = $2 AND subject = $3) < $7`,
      [id, organisationId, subject, name, JSON.stringify(criteria), createdAt, most],
    );
    return added === 1;
  }

  async remove(tx: Tx, id: string, organisationId: string, subject: string): Promise<boolean> {
    const mine = [id, organisationId, subject];
    const sql = 'DELETE FROM saved_searches WHERE id = $1 AND organisation_id = $2 AND subject = $3';
    return (await tx.execute(sql, mine)) === 1;
  }

  /** Everybody's, in the order of their ids. */
  batch(tx: Tx, after: string, limit: number): Promise<SavedSearch[]> {
    return tx.query<SavedSearch>(
      `SELECT ${SAVED_SEARCH_COLUMNS} FROM saved_searches s WHERE id > $1 ORDER BY id LIMIT $2`,
      [after, limit],
    );
  }

  /** Notes that a search found a product in this version; false when that was known. */
  async alert(tx: Tx, savedSearchId: string, { productId, productVersion, at }: Alert): Promise<boolean> {
    const added = await tx.execute(
      `INSERT INTO search_alerts (saved_search_id, product_id, product_version, at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [savedSearchId, productId, productVersion, at],
    );
    return added === 1;
  }
}
