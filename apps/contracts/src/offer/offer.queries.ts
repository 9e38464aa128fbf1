import { Inject, Injectable } from '@nestjs/common';
import { type Clock, err, ok, type Reader, type Result, seesEveryTenant } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { afterCursor, CLOCK, cursorPage, DATABASE, type Page } from '@hetao/runtime';
import { toOfferDto, type OfferDto, type OfferQueryDto } from './offer.dto.js';
import { offerErrors, type OfferError } from './offer.errors.js';
import { offerFrom, type StoredOffer } from './offer.repository.js';

const COLUMNS = `id, product_id AS "productId", product_version AS "productVersion", merchant_id AS "merchantId", plan,
  time_zone AS "timeZone", policy, quota, valid_until AS "validUntil", term_from AS "termFrom", term_until AS "termUntil",
  notice_days AS "noticeDays", renewal, channel_partner_id AS "channelPartnerId", buyer_id AS "buyerId",
  status, published_at AS "publishedAt", withdrawn_at AS "withdrawnAt"`;

/**
 * $1 sees all, $2 organisation, $3 now. What is on offer is for everybody, or for the one it is made to; the rest for
 * the merchant, and for a buyer who once asked.
 */
const VISIBLE = `($1 OR merchant_id = $2
  OR (status = 'published' AND valid_until > $3 AND (buyer_id IS NULL OR buyer_id = $2))
  OR EXISTS (SELECT 1 FROM negotiations r WHERE r.offer_id = offers.id AND r.buyer_id = $2))`;
const STATUS = `CASE WHEN status = 'published' AND valid_until <= $3 THEN 'expired' ELSE status END`;

/** Reads offers as their reader may see them, newest first. */
@Injectable()
export class OfferQueries {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(@Inject(DATABASE) database: Database, @Inject(CLOCK) clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async list(query: OfferQueryDto, reader: Reader): Promise<Page<OfferDto>> {
    const filter = { product: query.product_id, merchant: query.merchant_id, status: query.status };
    const before = afterCursor(query.cursor, filter)?.[0] ?? null;
    const now = this.#clock.now();
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredOffer>(
        `SELECT ${COLUMNS} FROM offers
         WHERE ${VISIBLE} AND ($4::text IS NULL OR product_id = $4) AND ($5::text IS NULL OR merchant_id = $5)
           AND ($6::text IS NULL OR ${STATUS} = $6) AND ($7::text IS NULL OR id < $7)
         ORDER BY id DESC LIMIT $8`,
        [
          seesEveryTenant(reader),
          reader.organisationId,
          now,
          query.product_id ?? null,
          query.merchant_id ?? null,
          query.status ?? null,
          before,
          query.limit + 1,
        ],
      ),
    );
    const shown = rows.map((row) => toOfferDto(offerFrom(row), now));
    return cursorPage(shown, query.limit, (offer) => [offer.id], filter);
  }

  async get(id: string, reader: Reader): Promise<Result<OfferDto, OfferError>> {
    const now = this.#clock.now();
    const { rows } = await this.#database.withClient((client) =>
      client.query<StoredOffer>(`SELECT ${COLUMNS} FROM offers WHERE ${VISIBLE} AND id = $4`, [
        seesEveryTenant(reader),
        reader.organisationId,
        now,
        id,
      ]),
    );
    const [found] = rows;
    if (found === undefined) return err(offerErrors.OFFER_UNKNOWN(`There is no offer ${id} that you may see.`));
    return ok(toOfferDto(offerFrom(found), now));
  }
}
