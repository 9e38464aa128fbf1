import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { seesEveryTenant, type Reader } from '../shared/reader.js';
import { toReleaseDto, type ReleaseDto, type ReleaseListQuery } from './release.dto.js';
import { releaseErrors } from './release.errors.js';
import type { Release } from './release.js';

const COLUMNS = `id, declaration_id AS "declarationId", exporter_id AS "exporterId", agreement_id AS "agreementId", status, scope, pathway,
  rule_id AS "ruleId", counted, json_build_object('general', quota_general, 'sensitive', quota_sensitive) AS quota,
  json_build_object('general', limit_general, 'sensitive', limit_sensitive) AS "yearLimits",
  log_receipt AS "logReceipt", sealed_token AS "sealedToken", valid_from AS "validFrom", valid_until AS "validUntil", token, reason, issued_by AS "issuedBy",
  issued_at AS "issuedAt", changed_at AS "changedAt"`;

/** Reads releases: the exporter's and the recipient's own, all for those who run or audit the exchange. */
@Injectable()
export class ReleaseQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  /** Newest first. */
  async list(query: ReleaseListQuery, reader: Reader): Promise<Page<ReleaseDto>> {
    const filter = { agreement: query.agreement_id, status: query.status };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const who = [seesEveryTenant(reader), reader.organisationId];
    const { rows } = await this.#database.withClient((client) =>
      client.query<Release>(
        `SELECT ${COLUMNS} FROM releases WHERE ($1 OR exporter_id = $2 OR scope->>'recipient_id' = $2)
           AND ($3::text IS NULL OR agreement_id = $3) AND ($4::text IS NULL OR status = $4)
           AND ($5::text IS NULL OR id < $5) ORDER BY id DESC LIMIT $6`,
        [...who, query.agreement_id ?? null, query.status ?? null, before, query.limit + 1],
      ),
    );
    return cursorPage(rows.map(toReleaseDto), query.limit, (release) => [release.id], filter);
  }

  async get(id: string, reader: Reader): Promise<Result<Release, DomainError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<Release>(
        `SELECT ${COLUMNS} FROM releases WHERE id = $1 AND ($2 OR exporter_id = $3 OR scope->>'recipient_id' = $3)`,
        [id, seesEveryTenant(reader), reader.organisationId],
      ),
    );
    const [row] = rows;
    return row === undefined
      ? err(releaseErrors.RELEASE_UNKNOWN(`There is no release ${id} that you may see.`))
      : ok(row);
  }

  /** Releases whose time is over and whose book is open, the oldest first. */
  async overdue(at: Date, limit: number): Promise<readonly string[]> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ id: string }>(
        "SELECT id FROM releases WHERE status IN ('active', 'suspended') AND valid_until <= $1 ORDER BY valid_until, id LIMIT $2",
        [at, limit],
      ),
    );
    return rows.map(({ id }) => id);
  }
}
