import { Inject, Injectable } from '@nestjs/common';
import { seesEveryTenant, type Reader } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { Entry } from './privacy-ledger.js';
import { ENTRY_COLUMNS, LEDGER_COLUMNS, type HeldLedger } from './privacy-ledger.repository.js';

/** Ledgers as those who keep the data, those who spend, and those who audit see them. */
@Injectable()
export class PrivacyLedgerQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** Newest first. @param after the id of the last one of the page before. */
  list(reader: Reader, page: { readonly after: string | undefined; readonly limit: number }): Promise<HeldLedger[]> {
    return this.#read(
      `WHERE ($1 OR grantee_organisation_id = $2 OR owner_organisation_id = $2) AND ($3::text IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $4`,
      [seesEveryTenant(reader), reader.organisationId, page.after ?? null, page.limit],
    );
  }

  /** @returns null for one that is not there or that the reader may not see: the two answers are the same. */
  async get(id: string, reader: Reader): Promise<HeldLedger | null> {
    const [found] = await this.#read(
      'WHERE ($1 OR grantee_organisation_id = $2 OR owner_organisation_id = $2) AND id = $3',
      [seesEveryTenant(reader), reader.organisationId, id],
    );
    return found ?? null;
  }

  #read(where: string, params: unknown[]): Promise<HeldLedger[]> {
    return this.#database.withClient(async (client) => {
      const { rows } = await client.query<HeldLedger>(
        `SELECT ${LEDGER_COLUMNS}, '[]'::json AS entries FROM privacy_ledgers ${where}`,
        params,
      );
      const ids = rows.map(({ id }) => id);
      const entries = await client.query<Entry & { ledgerId: string }>(
        `SELECT ledger_id AS "ledgerId", ${ENTRY_COLUMNS} FROM privacy_entries WHERE ledger_id = ANY($1)
         ORDER BY spender, spender_id LIMIT 10000`,
        [ids],
      );
      return rows.map((row) => ({ ...row, entries: entries.rows.filter(({ ledgerId }) => ledgerId === row.id) }));
    });
  }
}
