import { Inject, Injectable } from '@nestjs/common';
import { OfferPublishedV1, OfferPublishedV2, OfferWithdrawnV1 } from '@hetao/events';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { requireListed, requireParty } from '../directory/directory.js';
import { DirectoryRepository } from '../directory/directory.repository.js';
import { policyFacts } from '../policy/policy.js';
import { offerErrors, type OfferError } from './offer.errors.js';
import { OfferRepository } from './offer.repository.js';
import { publishOffer, withdrawOffer, type Offer, type OfferTerms } from './offer.js';
import { inPublicForm } from './public-terms.js';
import { inFirstForm } from './terms.js';

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
      const others = await this.#checkOthers(tx, terms);
      if (!others.ok) return others;
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

  /** Whoever else the terms name must be able to take his part. */
  async #checkOthers(tx: Tx, { channelPartnerId, buyerId }: OfferTerms): Promise<Result<unknown, DomainError>> {
    const named = [
      { id: channelPartnerId, role: 'channel', pointer: '/channel_partner_id' },
      { id: buyerId, role: 'buyer', pointer: '/buyer_id' },
    ];
    for (const { id, role, pointer } of named) {
      if (id === null) continue;
      const party = requireParty(await this.#directory.party(tx, id), id, role);
      if (!party.ok) return err({ ...party.error, pointer });
    }
    return ok(null);
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

/**
 * The second version says everything and goes first. The first knows neither other plans nor offers to one buyer: of
 * those it says nothing, since half of it would be read as all of it.
 */
function announce(tx: Tx, offer: Offer): void {
  const { id: offerId, productId, merchantId, plan, buyerId, noticeDays, renewal, timeZone } = offer;
  const policy = policyFacts(offer.policy);
  const validUntil = offer.validUntil.toISOString();
  const publishedAt = offer.publishedAt.toISOString();
  tx.append(OfferPublishedV2, {
    ...{ offerId, productId, productVersion: offer.productVersion, merchantId, buyerId },
    ...{ plan, timeZone, policy, quota: offer.quota, noticeDays, renewal, validUntil, publishedAt },
    termFrom: offer.term.from.toISOString(),
    termUntil: offer.term.until.toISOString(),
    channelPartnerId: offer.channelPartnerId,
  });
  const known = inFirstForm(plan);
  if (buyerId !== null || known === null) return;
  tx.append(OfferPublishedV1, { offerId, productId, merchantId, plan: known, policy, validUntil, publishedAt });
}
