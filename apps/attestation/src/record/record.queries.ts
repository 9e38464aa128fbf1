import { Inject, Injectable } from '@nestjs/common';
import { seesEveryTenant, type Reader } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';

/** A logged document as its readers see it; parties with the salt, so that they can recompute what the log holds. */
export interface LoggedRecord {
  readonly id: string;
  readonly record: string;
  readonly subject: string;
  /** None for those who see it without being party to it. */
  readonly salt: string | null;
  readonly recordedAt: Date;
  /** 64 hexadecimal digits. */
  readonly leafHash: string;
  /** None before its checkpoint. */
  readonly leafIndex: number | null;
}

/** Which records a list shows. */
export interface RecordFilter {
  readonly subject: string | null;
  readonly afterId: string;
  readonly limit: number;
}

// The exchange oversees all records, but what is between others stays closed to it; its own are those without parties.
const SELECT = `SELECT r.id, r.record, r.subject, r.recorded_at AS "recordedAt", encode(e.leaf_hash, 'hex') AS "leafHash",
  e.leaf_index::float8 AS "leafIndex",
  CASE WHEN $1 = ANY (r.parties) OR ($2 AND r.parties = '{}') THEN r.salt END AS salt
  FROM records r JOIN log_entries e ON e.entry_key = r.id
  WHERE ($2 OR $1 = ANY (r.parties))`;

@Injectable()
export class RecordQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** Records of the reader's organisation; all for those who see every tenant. */
  async list({ subject, afterId, limit }: RecordFilter, reader: Reader): Promise<LoggedRecord[]> {
    const condition = 'r.id > $3 AND ($4::text IS NULL OR r.subject = $4) ORDER BY r.id LIMIT $5';
    return this.#read(`${SELECT} AND ${condition}`, reader, [afterId, subject, limit]);
  }

  async get(id: string, reader: Reader): Promise<LoggedRecord | null> {
    const [row] = await this.#read(`${SELECT} AND r.id = $3`, reader, [id]);
    return row ?? null;
  }

  async #read(sql: string, reader: Reader, params: unknown[]): Promise<LoggedRecord[]> {
    const values = [reader.organisationId, seesEveryTenant(reader), ...params];
    return this.#database.withClient(async (client) => (await client.query<LoggedRecord>(sql, values)).rows);
  }
}
