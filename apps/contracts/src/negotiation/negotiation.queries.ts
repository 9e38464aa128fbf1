import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Reader, type Result, seesEveryTenant } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { toRequestDto, type RequestDto, type RequestQueryDto } from './negotiation.dto.js';
import { negotiationErrors, type NegotiationError } from './negotiation.errors.js';
import type { AccessRequest } from './negotiation.js';

const COLUMNS = `id, offer_id AS "offerId", product_id AS "productId", merchant_id AS "merchantId",
  buyer_id AS "buyerId", purpose, place_of_use AS "placeOfUse", status, requested_at AS "requestedAt",
  requested_by AS "requestedBy", expires_at AS "expiresAt", answered_at AS "answeredAt", answered_by AS "answeredBy",
  reason, agreement_id AS "agreementId"`;

const VISIBLE = '($1 OR merchant_id = $2 OR buyer_id = $2)';

/** Reads access requests of the reader's organisation, on either side, newest first; the exchange reads all. */
@Injectable()
export class NegotiationQueries {
  readonly #database: Database;

  constructor(@Inject(DATABASE) database: Database) {
    this.#database = database;
  }

  async list(query: RequestQueryDto, reader: Reader): Promise<Page<RequestDto>> {
    const filter = { status: query.status, offer: query.offer_id };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const { rows } = await this.#database.withClient((client) =>
      client.query<AccessRequest>(
        `SELECT ${COLUMNS} FROM access_requests
         WHERE ${VISIBLE} AND ($3::text IS NULL OR status = $3) AND ($4::text IS NULL OR offer_id = $4)
           AND ($5::text IS NULL OR id < $5)
         ORDER BY id DESC LIMIT $6`,
        [
          seesEveryTenant(reader),
          reader.organisationId,
          query.status ?? null,
          query.offer_id ?? null,
          before,
          query.limit + 1,
        ],
      ),
    );
    return cursorPage(rows.map(toRequestDto), query.limit, (request) => [request.id], filter);
  }

  async get(id: string, reader: Reader): Promise<Result<RequestDto, NegotiationError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<AccessRequest>(`SELECT ${COLUMNS} FROM access_requests WHERE ${VISIBLE} AND id = $3`, [
        seesEveryTenant(reader),
        reader.organisationId,
        id,
      ]),
    );
    const [found] = rows;
    return found === undefined
      ? err(negotiationErrors.REQUEST_UNKNOWN(`There is no access request ${id} that you may see.`))
      : ok(toRequestDto(found));
  }
}
