import { Inject, Injectable } from '@nestjs/common';
import { err, ok, seesTenant, type Reader, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { toAnswerDto, toDemandDto, type AnswerDto, type DemandDto, type DemandQueryDto } from './demand.dto.js';
import { demandErrors, type DemandError } from './demand.errors.js';
import type { DemandAnswer } from './demand.js';
import { ANSWER_COLUMNS, DEMAND_COLUMNS, revived, type KeptDemand } from './demand.repository.js';

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Reads the board, newest first. Needs are for all to see; answers for the buyer, and each merchant his own. */
@Injectable()
export class DemandQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: DemandQueryDto): Promise<Page<DemandDto>> {
    const filter = { status: query.status, kind: query.kind, buyer: query.buyer_id };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const { rows } = await this.#database.withClient((client) =>
      client.query<KeptDemand>(
        `SELECT ${DEMAND_COLUMNS} FROM demands
         WHERE status = $1 AND ($2::text IS NULL OR cardinality(kinds) = 0 OR $2 = ANY (kinds))
           AND ($3::text IS NULL OR buyer_id = $3) AND ($4::text IS NULL OR id < $4)
         ORDER BY id DESC LIMIT $5`,
        [query.status, query.kind ?? null, query.buyer_id ?? null, before, query.limit + 1],
      ),
    );
    const page = rows.map((row) => toDemandDto(revived(row)));
    return cursorPage(page, query.limit, ({ id }) => [id], filter);
  }

  async get(id: string): Promise<Result<DemandDto, DemandError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<KeptDemand>(`SELECT ${DEMAND_COLUMNS} FROM demands WHERE id = $1`, [id]),
    );
    const [found] = rows;
    return found === undefined
      ? err(demandErrors.DEMAND_UNKNOWN(`There is no demand ${id}.`))
      : ok(toDemandDto(revived(found)));
  }

  async answers(demand: DemandDto, page: PageQuery, reader: Reader): Promise<Page<AnswerDto>> {
    const filter = { demand: demand.id };
    const before = afterCursor(page.cursor, filter)?.[0] ?? null;
    const { rows } = await this.#database.withClient((client) =>
      client.query<DemandAnswer>(
        `SELECT ${ANSWER_COLUMNS} FROM demand_answers
         WHERE demand_id = $1 AND ($2 OR merchant_id = $3) AND ($4::text IS NULL OR id < $4) ORDER BY id DESC LIMIT $5`,
        [demand.id, seesTenant(reader, demand.buyer_id), reader.organisationId, before, page.limit + 1],
      ),
    );
    return cursorPage(rows.map(toAnswerDto), page.limit, ({ id }) => [id], filter);
  }
}
