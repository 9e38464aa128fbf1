import { Inject, Injectable } from '@nestjs/common';
import { err, ok, seesEveryTenant, type Reader, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { toManifestDto, type ManifestDto, type ManifestQuery } from './manifest.dto.js';
import { manifestErrors, type ManifestError } from './manifest.errors.js';
import type { SignedManifest } from './manifest.js';
import { manifestColumns } from './manifest.repository.js';

const LIST = `SELECT ${manifestColumns} FROM delivery_manifests
  WHERE ($1 OR buyer_id = $2 OR merchant_id = $2) AND ($3::text IS NULL OR agreement_id = $3)
    AND ($4::text IS NULL OR file_hash = decode($4, 'hex')) AND ($5::text IS NULL OR id < $5) ORDER BY id DESC LIMIT $6`;
const ONE = `SELECT ${manifestColumns} FROM delivery_manifests
  WHERE ($1 OR buyer_id = $2 OR merchant_id = $2) AND id = $3`;

/** Reads manifests: the buyer's and the merchant's own, for the exchange all. */
@Injectable()
export class ManifestQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** Newest first. */
  async list({ cursor, limit, ...filter }: ManifestQuery, reader: Reader): Promise<Page<ManifestDto>> {
    const before = afterCursor(cursor, filter)?.[0] ?? null;
    const which = [filter.agreement_id ?? null, filter.sha256 ?? null, before];
    const rows = await this.#rows(LIST, reader, [...which, limit + 1]);
    return cursorPage(rows.map(toManifestDto), limit, ({ id }) => [id], filter);
  }

  async get(id: string, reader: Reader): Promise<Result<ManifestDto, ManifestError>> {
    const [row] = await this.#rows(ONE, reader, [id]);
    return row === undefined ? err(manifestErrors.MANIFEST_NOT_FOUND(`There is no ${id}.`)) : ok(toManifestDto(row));
  }

  async #rows(sql: string, reader: Reader, params: readonly unknown[]): Promise<SignedManifest[]> {
    const who = [seesEveryTenant(reader), reader.organisationId];
    const { rows } = await this.#database.withClient((client) =>
      client.query<SignedManifest>(sql, [...who, ...params]),
    );
    return rows;
  }
}
