import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { HeldRows } from '../database/held-rows.js';
import { prepared } from '../database/prepared.js';
import { OfferRow } from './offer.entity.js';
import { isOfferedTo, type Offer } from './offer.js';

/** An offer as its table has it: the term in two columns. */
export type StoredOffer = Omit<Offer, 'term'> & { readonly termFrom: Date; readonly termUntil: Date };

const SHARED = prepared<StoredOffer>(
  'contracts.offer.shared',
  `SELECT id, product_id AS "productId", product_version AS "productVersion", merchant_id AS "merchantId", plan,
     time_zone AS "timeZone", policy, quota, valid_until AS "validUntil", term_from AS "termFrom",
     term_until AS "termUntil", notice_days AS "noticeDays", renewal, channel_partner_id AS "channelPartnerId",
     buyer_id AS "buyerId", status, published_at AS "publishedAt", withdrawn_at AS "withdrawnAt"
   FROM offers WHERE id = $1 FOR SHARE`,
);

/** Loads and saves offers. */
@Injectable()
export class OfferRepository {
  readonly #shared = new HeldRows<Offer>();

  /** The offer, kept from changing under the caller's feet until the transaction ends. */
  async load(tx: Tx, id: string): Promise<Offer | null> {
    const row = await tx.manager.findOne(OfferRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return row && offerFrom(row);
  }

  /** As {@link load} for decisions that depend on the offer without changing it: they do not wait for each other. */
  async loadShared(tx: Tx, id: string): Promise<Offer | null> {
    const held = await this.#shared.once(tx, id, async () => {
      const [row] = await SHARED.rows(tx, [id]);
      return row && offerFrom(row);
    });
    return held ?? null;
  }

  /** As {@link loadShared}, for a buyer: an offer made to somebody else does not exist for him. */
  async loadFor(tx: Tx, id: string, buyerId: string): Promise<Offer | null> {
    const offer = await this.loadShared(tx, id);
    return offer !== null && (isOfferedTo(offer, buyerId) || offer.merchantId === buyerId) ? offer : null;
  }

  async insert(tx: Tx, { term, ...offer }: Offer): Promise<void> {
    await tx.manager.insert(OfferRow, { ...offer, termFrom: term.from, termUntil: term.until });
  }

  /** Saves what a command may change; the terms never do. */
  async update(tx: Tx, { id, status, withdrawnAt }: Offer): Promise<void> {
    this.#shared.of(tx).delete(id);
    await tx.manager.update(OfferRow, { id }, { status, withdrawnAt });
  }
}

/** Reads an offer from its columns. */
export function offerFrom({ termFrom, termUntil, ...row }: StoredOffer): Offer {
  return { ...row, term: { from: termFrom, until: termUntil } };
}
