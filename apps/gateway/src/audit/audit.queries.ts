import { Inject, Injectable } from '@nestjs/common';
import { seesEveryTenant, type Reader } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import type { Actor, AuditEntry } from './audit.js';
import type { AuditFilter } from './audit.dto.js';

const ENTRIES = `SELECT sequence::float8 AS sequence, id, at, organisation_id AS "organisationId", action, object, result,
    actor, account_id AS "accountId", actor_organisation_id AS "actorOrganisation", via, request_id AS "requestId",
    address, detail, encode(previous_hash, 'hex') AS "previousHash", encode(hash, 'hex') AS hash
  FROM audit_entries
  WHERE ($1 OR organisation_id = $2) AND ($3::text IS NULL OR organisation_id = $3)
    AND ($4::text IS NULL OR actor = $4 OR account_id = $4) AND ($5::text IS NULL OR action = $5)
    AND ($6::text IS NULL OR object = $6) AND ($7::text IS NULL OR result = $7)
    AND ($8::text IS NULL OR request_id = $8) AND ($9::timestamptz IS NULL OR at >= $9)
    AND ($10::timestamptz IS NULL OR at < $10)`;
const NEWEST = `${ENTRIES} AND ($11::bigint IS NULL OR sequence < $11) ORDER BY sequence DESC LIMIT $12`;
const OLDEST = `${ENTRIES} AND ($11::bigint IS NULL OR sequence > $11) ORDER BY sequence LIMIT $12`;
/** Rows of an export that are read at once. */
const STEP = 500;

type EntryRow = Omit<AuditEntry, 'actor'> &
  Omit<Actor, 'subject' | 'organisationId'> & { readonly actor: string; readonly actorOrganisation: string };

/** Reads the audit: an organisation its own acts, the exchange's people all. */
@Injectable()
export class AuditQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** The newest first, before a place in the chain. */
  newest(filter: AuditFilter, reader: Reader, before: number | null, limit: number): Promise<AuditEntry[]> {
    return this.#read(NEWEST, valuesOf(filter, reader), [before, limit]);
  }

  /** Everything that fits, in the order of the chain; at most `limit` entries. */
  async *all(filter: AuditFilter, reader: Reader, limit: number): AsyncGenerator<AuditEntry> {
    let after = 0;
    for (let given = 0; given < limit; given += STEP) {
      const rows = await this.#read(OLDEST, valuesOf(filter, reader), [after, Math.min(STEP, limit - given)]);
      yield* rows;
      if (rows.length < STEP) return;
      after = rows.at(-1)?.sequence ?? after;
    }
  }

  async #read(sql: string, which: readonly unknown[], page: readonly unknown[]): Promise<AuditEntry[]> {
    const { rows } = await this.#database.withClient((client) => client.query<EntryRow>(sql, [...which, ...page]));
    return rows.map(fromRow);
  }
}

function valuesOf(filter: AuditFilter, reader: Reader): readonly unknown[] {
  const { organisation_id: organisation, actor, action, object, result, request_id: request, from, until } = filter;
  const values = [organisation, actor, action, object, result, request, from, until].map((value) => value ?? null);
  return [seesEveryTenant(reader), reader.organisationId, ...values];
}

function fromRow({ actor: subject, actorOrganisation: organisationId, ...row }: EntryRow): AuditEntry {
  const { accountId, via, requestId, address, ...entry } = row;
  return { ...entry, actor: { subject, accountId, organisationId, via, requestId, address } };
}
