import { Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Jurisdiction, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { requireListed, requireParty, type Party } from '../directory/directory.js';
import { DirectoryRepository } from '../directory/directory.repository.js';
import { offerErrors } from '../offer/offer.errors.js';
import { OfferRepository } from '../offer/offer.repository.js';
import type { Offer } from '../offer/offer.js';
import { AccessRequestRow } from './negotiation.entity.js';
import type { AccessRequest } from './negotiation.js';

/** An offer and the two who may trade on it now. */
export interface Deal {
  readonly offer: Offer;
  readonly merchant: Party;
  readonly buyer: Party;
  /** Where the data lies: with the merchant, unless the catalog said otherwise. */
  readonly origin: Jurisdiction;
}

/** Loads and saves access requests, and what a deal about one stands on. */
@Injectable()
export class NegotiationRepository {
  readonly #offers: OfferRepository;
  readonly #directory: DirectoryRepository;

  constructor(offers: OfferRepository, directory: DirectoryRepository) {
    this.#offers = offers;
    this.#directory = directory;
  }

  /** The request, kept from changing under the caller's feet until the transaction ends. */
  load(tx: Tx, id: string): Promise<AccessRequest | null> {
    return tx.manager.findOne(AccessRequestRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** @returns false when the same request is open already. */
  async insert(tx: Tx, request: AccessRequest): Promise<boolean> {
    // Not a plain INSERT: its unique violation would end the transaction it runs in.
    const inserted = await tx.manager
      .createQueryBuilder()
      .insert()
      .into(AccessRequestRow)
      .values({ ...request })
      .orIgnore()
      .returning('id')
      .execute();
    return (inserted.raw as unknown[]).length === 1;
  }

  async update(tx: Tx, request: AccessRequest): Promise<void> {
    await tx.manager.update(AccessRequestRow, { id: request.id }, { ...request });
  }

  /**
   * The offer and its two parties as they are now, held until the commit: the product still listed, both approved.
   * Whether the offer itself still binds is the rule's to say.
   */
  async loadDeal(tx: Tx, offerId: string, buyerId: string): Promise<Result<Deal, DomainError>> {
    const offer = await this.#offers.loadShared(tx, offerId);
    if (offer === null) return err(offerErrors.OFFER_UNKNOWN(`There is no offer ${offerId}.`));
    const product = requireListed(await this.#directory.product(tx, offer.productId), offer.productId);
    if (!product.ok) return product;
    const merchant = requireParty(await this.#directory.party(tx, offer.merchantId), offer.merchantId, 'merchant');
    if (!merchant.ok) return merchant;
    const buyer = requireParty(await this.#directory.party(tx, buyerId), buyerId, 'buyer');
    if (!buyer.ok) return buyer;
    const origin = (await this.#directory.placeOf(tx, offer.productId)) ?? merchant.value.jurisdiction;
    return ok({ offer, merchant: merchant.value, buyer: buyer.value, origin });
  }
}
