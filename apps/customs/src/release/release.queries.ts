import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { seesEveryTenant, type Reader } from '../shared/reader.js';
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
