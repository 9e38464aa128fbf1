import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';

/** Something time has to act on. */
export interface DueItem {
  readonly id: string;
  readonly dueAt: Date;
}

/** Where the last batch ended: an item that failed is not met again in the same sweep. */
export type DuePosition = DueItem | null;

const REQUESTS = `SELECT id, due_at AS "dueAt" FROM negotiations
  WHERE due_at <= $1 AND ($2::timestamptz IS NULL OR (due_at, id) > ($2, $3)) ORDER BY due_at, id LIMIT $4`;
const AGREEMENTS = `SELECT agreement_id AS id, due_at AS "dueAt" FROM agreement_heads
  WHERE due_at <= $1 AND ($2::timestamptz IS NULL OR (due_at, agreement_id) > ($2, $3))
  ORDER BY due_at, agreement_id LIMIT $4`;

/** Finds what is due, oldest first. */
@Injectable()
export class DueQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  requests(now: Date, after: DuePosition, limit: number): Promise<DueItem[]> {
    return this.#due(REQUESTS, now, after, limit);
  }

  agreements(now: Date, after: DuePosition, limit: number): Promise<DueItem[]> {
    return this.#due(AGREEMENTS, now, after, limit);
  }

  async #due(sql: string, now: Date, after: DuePosition, limit: number): Promise<DueItem[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<DueItem>(sql, [now, after?.dueAt ?? null, after?.id ?? null, limit]),
    );
    return rows;
  }
}
