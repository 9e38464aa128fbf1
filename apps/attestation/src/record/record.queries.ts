import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';

/** A logged document as its parties see it: with the salt, so that they can recompute what the log holds. */
export interface LoggedRecord {
  readonly id: string;
  readonly record: string;
  readonly subject: string;
  readonly salt: string;
  readonly recordedAt: Date;
}

/** Which records a list shows. */
export interface RecordFilter {
  readonly subject: string | null;
  /** Only records of this organisation; absent for those who see all. */
  readonly party: string | null;
  readonly afterId: string;
  readonly limit: number;
}

@Injectable()
export class RecordQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list({ subject, party, afterId, limit }: RecordFilter): Promise<LoggedRecord[]> {
    return this.#read(
      'id > $1 AND ($2::text IS NULL OR subject = $2) AND ($3::text IS NULL OR $3 = ANY (parties)) ORDER BY id LIMIT $4',
      [afterId, subject, party, limit],
    );
  }

  async get(id: string, party: string | null): Promise<LoggedRecord | null> {
    const [row] = await this.#read('id = $1 AND ($2::text IS NULL OR $2 = ANY (parties))', [id, party]);
    return row ?? null;
  }

  async #read(condition: string, params: unknown[]): Promise<LoggedRecord[]> {
    const sql = `SELECT id, record, subject, salt, recorded_at AS "recordedAt" FROM records WHERE ${condition}`;
    return this.#database.withClient(async (client) => (await client.query<LoggedRecord>(sql, params)).rows);
  }
}
