import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Reader, type Result, seesEveryTenant } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type cursorQuery, type Page } from '@hetao/runtime';
import type { z } from 'zod';
import {
  toOfferMadeDto,
  toRequestDto,
  type OfferMadeDto,
  type RequestDto,
  type RequestQueryDto,
} from './negotiation.dto.js';
import { negotiationErrors, type NegotiationError } from './negotiation.errors.js';
import {
  NEGOTIATION_COLUMNS,
  negotiationFrom,
  offerMadeFrom,
  type NegotiationRow,
  type StoredOfferMade,
} from './negotiation.row.js';

/** Negotiations about what is on offer here; those in which a peer provides are read as what they are. */
const VISIBLE = `role <> 'consumer' AND ($1 OR merchant_id = $2 OR buyer_id = $2)`;

/** Reads access requests of the reader's organisation, on either side, newest first; the exchange reads all. */
@Injectable()
export class NegotiationQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: RequestQueryDto, reader: Reader): Promise<Page<RequestDto>> {
    const filter = { status: query.status, state: query.state, offer: query.offer_id };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const { rows } = await this.#database.withClient((client) =>
      client.query<NegotiationRow>(
        `SELECT ${NEGOTIATION_COLUMNS} FROM negotiations
         WHERE ${VISIBLE} AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR offer_id = $4)
           AND ($5::text IS NULL OR id < $5) AND ($7::text IS NULL OR state = $7)
         ORDER BY id DESC LIMIT $6`,
        [
          ...[seesEveryTenant(reader), reader.organisationId, query.status ?? null, query.offer_id ?? null],
          ...[before, query.limit + 1, query.state ?? null],
        ],
      ),
    );
    const shown = rows.map((row) => toRequestDto(negotiationFrom(row)));
    return cursorPage(shown, query.limit, (request) => [request.id], filter);
  }

  async get(id: string, reader: Reader): Promise<Result<RequestDto, NegotiationError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<NegotiationRow>(`SELECT ${NEGOTIATION_COLUMNS} FROM negotiations WHERE ${VISIBLE} AND id = $3`, [
        seesEveryTenant(reader),
        reader.organisationId,
        id,
      ]),
    );
    const [found] = rows;
    return found === undefined
      ? err(negotiationErrors.REQUEST_UNKNOWN(`There is no access request ${id} that you may see.`))
      : ok(toRequestDto(negotiationFrom(found)));
  }

  /** The chain of offers made, first to last. */
  async offers(
    id: string,
    { cursor, limit }: z.output<typeof cursorQuery>,
    reader: Reader,
  ): Promise<Result<Page<OfferMadeDto>, NegotiationError>> {
    const seen = await this.get(id, reader);
    if (!seen.ok) return seen;
    const filter = { request: id };
    const after = Number(afterCursor(cursor, filter)?.[0] ?? 0);
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ offer: StoredOfferMade }>(
        `SELECT offer FROM negotiation_offers WHERE negotiation_id = $1 AND number > $2 ORDER BY number LIMIT $3`,
        [id, after, limit + 1],
      ),
    );
    const shown = rows.map(({ offer }) => toOfferMadeDto(offerMadeFrom(offer)));
    return ok(cursorPage(shown, limit, ({ number }) => [String(number)], filter));
  }
}
