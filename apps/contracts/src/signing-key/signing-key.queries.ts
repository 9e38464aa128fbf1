import { Inject, Injectable } from '@nestjs/common';
import { err, ok, seesEveryTenant, type Reader, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import {
  toSigningKeyDetailDto,
  toSigningKeyDto,
  type SigningKeyDetailDto,
  type SigningKeyDto,
  type SigningKeyQueryDto,
} from './signing-key.dto.js';
import { signingKeyErrors, type SigningKeyError } from './signing-key.errors.js';
import type { SigningKey, SigningKeyStep } from './signing-key.js';

const SELECT = `SELECT id, organisation_id AS "organisationId", kid, algorithm, jwk, label, status, challenge,
    prove_by AS "proveBy", valid_from AS "validFrom", valid_until AS "validUntil", revoked_at AS "revokedAt",
    proposed_by AS "proposedBy", proposed_at AS "proposedAt" FROM signing_keys`;
const STEPS = `SELECT command, status_to AS "to", at, by_subject AS "bySubject", by_organisation AS "byOrganisation", reason
  FROM signing_key_steps WHERE key_id = $1
  ORDER BY at, array_position(ARRAY['propose', 'prove', 'confirm', 'revoke'], command)`;

/** Reads the signing keys of the reader's organisation, newest first; the exchange reads all. */
@Injectable()
export class SigningKeyQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: SigningKeyQueryDto, reader: Reader): Promise<Page<SigningKeyDto>> {
    const filter = { status: query.status, organisation: query.organisation_id, kid: query.kid };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const rows = await this.#rows<SigningKey>(
      `${SELECT} WHERE ($1 OR organisation_id = $2) AND ($3::text IS NULL OR status = $3)
         AND ($4::text IS NULL OR organisation_id = $4) AND ($5::text IS NULL OR kid = $5)
         AND ($6::text IS NULL OR id < $6)
       ORDER BY id DESC LIMIT $7`,
      [
        ...[seesEveryTenant(reader), reader.organisationId, query.status ?? null, query.organisation_id ?? null],
        ...[query.kid ?? null, before, query.limit + 1],
      ],
    );
    return cursorPage(rows.map(toSigningKeyDto), query.limit, (key) => [key.id], filter);
  }

  async get(id: string, reader: Reader): Promise<Result<SigningKeyDetailDto, SigningKeyError>> {
    const [key] = await this.#rows<SigningKey>(`${SELECT} WHERE ($1 OR organisation_id = $2) AND id = $3`, [
      seesEveryTenant(reader),
      reader.organisationId,
      id,
    ]);
    if (key === undefined) return err(signingKeyErrors.SIGNING_KEY_UNKNOWN(`There is no key ${id} that you may see.`));
    return ok(toSigningKeyDetailDto(key, await this.#rows<SigningKeyStep>(STEPS, [id])));
  }

  async #rows<R extends object>(sql: string, params: unknown[]): Promise<R[]> {
    const { rows } = await this.#database.withClient((client) => client.query<R>(sql, params));
    return rows;
  }
}
