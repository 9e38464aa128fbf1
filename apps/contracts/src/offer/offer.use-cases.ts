import { Inject, Injectable } from '@nestjs/common';
import { OfferPublishedV1, OfferWithdrawnV1 } from '@hetao/events';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { requireListed, requireParty } from '../directory/directory.js';
import { DirectoryRepository } from '../directory/directory.repository.js';
import { offerErrors, type OfferError } from './offer.errors.js';
import { OfferRepository } from './offer.repository.js';
import { publishOffer, withdrawOffer, type Offer, type OfferTerms } from './offer.js';
import { publicPointer } from './public-terms.js';

/** Publishes an offer for a listed product of the caller's own organisation. */
@Injectable()
export class PublishOffer {
  readonly #uow: UnitOfWork;
  readonly #offers: OfferRepository;
  readonly #directory: DirectoryRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, offers: OfferRepository, directory: DirectoryRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#offers = offers;
    this.#directory = directory;
    this.#clock = clock;
  }

  execute(
    productId: string,
    terms: OfferTerms,
    by: { readonly organisationId: string },
  ): Promise<Result<Offer, DomainError>> {
    return this.#uow.runResult(async (tx) => {
      const merchant = requireParty(await this.#directory.party(tx, by.organisationId), by.organisationId, 'merchant');
      if (!merchant.ok) return merchant;
      const product = requireListed(await this.#directory.product(tx, productId), productId);
      if (!product.ok) return product;
      const partner = await this.#checkPartner(tx, terms.channelPartnerId);
      if (!partner.ok) return partner;
      const published = publishOffer(
        { id: newId('off'), merchant: merchant.value, product: product.value, terms },
        this.#clock.now(),
      );
      if (!published.ok) return err(inPublicForm(published.error));
      await this.#offers.insert(tx, published.value);
      announce(tx, published.value);
      return published;
    });
  }

  async #checkPartner(tx: Tx, id: string | null): Promise<Result<unknown, DomainError>> {
    if (id === null) return ok(null);
    const partner = requireParty(await this.#directory.party(tx, id), id, 'channel');
    return partner.ok ? partner : err({ ...partner.error, pointer: '/channel_partner_id' });
  }
}

/** Takes an offer of the caller's own organisation back; repeating it changes nothing. */
@Injectable()
export class WithdrawOffer {
  readonly #uow: UnitOfWork;
  readonly #offers: OfferRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, offers: OfferRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#offers = offers;
    this.#clock = clock;
  }

  execute(id: string, by: { readonly organisationId: string }): Promise<Result<Offer, OfferError>> {
    return this.#uow.runResult(async (tx) => {
      const before = await this.#offers.load(tx, id);
      if (before?.merchantId !== by.organisationId) {
        return err(offerErrors.OFFER_UNKNOWN(`Your organisation has no offer ${id}.`));
      }
      const at = this.#clock.now();
      const { offer, changed } = withdrawOffer(before, at);
      if (changed) {
        await this.#offers.update(tx, offer);
        const { productId, merchantId } = offer;
        tx.append(OfferWithdrawnV1, { offerId: id, productId, merchantId, withdrawnAt: at.toISOString() });
      }
      return ok(offer);
    });
  }
}

/** What rating finds wrong points into its own plan; the merchant sent the public form of it. */
function inPublicForm(error: DomainError): DomainError {
  if (error.code !== 'PRICE_PLAN_INVALID') return error;
  const { pointer, items = [] } = error;
  return {
    ...error,
    ...(pointer === undefined ? {} : { pointer: publicPointer(pointer) }),
    items: items.map((item) => ({ ...item, pointer: publicPointer(item.pointer) })),
  };
}

function announce(tx: Tx, offer: Offer): void {
  const { policy } = offer;
  tx.append(OfferPublishedV1, {
    offerId: offer.id,
    productId: offer.productId,
    merchantId: offer.merchantId,
    plan: offer.plan,
    policy: { ...policy, purposes: [...policy.purposes], placesOfUse: [...policy.placesOfUse] },
    validUntil: offer.validUntil.toISOString(),
    publishedAt: offer.publishedAt.toISOString(),
  });
}
