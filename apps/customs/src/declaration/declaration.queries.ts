import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import type { z } from 'zod';
import { seesEveryTenant, type Reader } from '../shared/reader.js';
import { toDeclarationDto, type declarationQuery, type DeclarationDto } from './declaration.dto.js';
import type { Declaration } from './declaration.js';
import { unknownDeclaration } from './declaration.use-cases.js';

export const DECLARATION_COLUMNS = `id, exporter_id AS "exporterId", kind, predecessor, status, year, form, facts, facts_sha256 AS "factsSha256",
  finding, tracks, clocks, next_due::text AS "nextDue", decision, return_reason AS "returnReason", supplements, revision,
  created_by AS "createdBy", created_at AS "createdAt", submitted_at AS "submittedAt", released_at AS "releasedAt"`;

/** Reads declarations: their exporter's own, all of them for those who run or audit the exchange. */
@Injectable()
export class DeclarationQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: z.output<typeof declarationQuery>, reader: Reader): Promise<Page<DeclarationDto>> {
    const filter = { status: query.status, exporter: query.exporter_id };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const { rows } = await this.#database.withClient((client) =>
      client.query<Declaration>(
        `SELECT ${DECLARATION_COLUMNS} FROM declarations
         WHERE ($1 OR exporter_id = $2) AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR exporter_id = $4)
           AND ($5::text IS NULL OR id < $5) ORDER BY id DESC LIMIT $6`,
        [
          ...[seesEveryTenant(reader), reader.organisationId, query.status ?? null, query.exporter_id ?? null],
          ...[before, query.limit + 1],
        ],
      ),
    );
    return cursorPage(rows.map(toDeclarationDto), query.limit, ({ id }) => [id], filter);
  }

  async get(id: string, reader: Reader): Promise<Result<Declaration, DomainError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<Declaration>(
        `SELECT ${DECLARATION_COLUMNS} FROM declarations WHERE ($1 OR exporter_id = $2) AND id = $3`,
        [seesEveryTenant(reader), reader.organisationId, id],
      ),
    );
    const [row] = rows;
    return row === undefined ? err(unknownDeclaration(id)) : ok(row);
  }
}
