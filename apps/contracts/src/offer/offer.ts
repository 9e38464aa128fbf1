import { defineTransitions, err, ok, type DomainError, type Result } from '@hetao/kernel';
import type { ListedProduct, Party } from '../directory/directory.js';
import { offerErrors, type OfferError } from './offer.errors.js';
import { checkTerms, type Terms } from './terms.js';

export type { Quota, RenewalTerms, Term, Terms } from './terms.js';

export type OfferStatus = 'published' | 'withdrawn';
export type OfferCommand = 'withdraw';

/** The life of an offer. That one has expired is a question of the time, not of a command. */
export const offerTransitions = defineTransitions<OfferStatus, OfferCommand>({
  published: { withdraw: 'withdrawn' },
  withdrawn: {},
}).assertReachable('published');

/** What a merchant binds himself to for as long as the offer is valid. */
export interface OfferTerms extends Terms {
  readonly validUntil: Date;
  /** The one organisation the offer is made to; null for everybody. */
  readonly buyerId: string | null;
}

/** A published offer. Its terms never change; a better offer is another offer. */
export interface Offer extends OfferTerms {
  readonly id: string;
  readonly productId: string;
  readonly productVersion: number;
  readonly merchantId: string;
  readonly status: OfferStatus;
  readonly publishedAt: Date;
  readonly withdrawnAt: Date | null;
}

/** The outcome of a command; `changed` is false when it had already happened, so nothing is written or published. */
export interface OfferOutcome {
  readonly offer: Offer;
  readonly changed: boolean;
}

/**
 * Publishes an offer of this merchant for his listed product.
 *
 * @returns the offer, or OFFER_*, POLICY_INVALID, or what `@hetao/rating` finds wrong with the plan.
 */
export function publishOffer(
  input: { id: string; merchant: Party; product: ListedProduct; terms: OfferTerms },
  at: Date,
): Result<Offer, DomainError> {
  const { id, merchant, product, terms } = input;
  if (product.merchantId !== merchant.id) {
    return err(
      offerErrors.OFFER_PRODUCT_FOREIGN(`Product ${product.id} is not of organisation ${merchant.id}.`, {
        pointer: '/product_id',
      }),
    );
  }
  const valid = checkTerms(terms, merchant.id, at);
  if (!valid.ok) return valid;
  if (terms.validUntil.getTime() <= at.getTime()) {
    const detail = `The offer was refused: valid_until ${terms.validUntil.toISOString()} is not in the future.`;
    return err(offerErrors.OFFER_TERM_INVALID(detail, { pointer: '/valid_until' }));
  }
  if (terms.buyerId === merchant.id) {
    const detail = 'A private offer was to be made to the organisation that makes it.';
    return err(offerErrors.OFFER_BUYER_INVALID(detail, { pointer: '/buyer_id' }));
  }
  return ok({
    ...terms,
    id,
    productId: product.id,
    productVersion: product.version,
    merchantId: merchant.id,
    status: 'published',
    publishedAt: at,
    withdrawnAt: null,
  });
}

/** Takes an offer back: nobody can ask for access under it any more; agreements from it stand. */
export function withdrawOffer(offer: Offer, at: Date): OfferOutcome {
  if (!offerTransitions.canTransition(offer.status, 'withdraw')) return { offer, changed: false };
  return { offer: { ...offer, status: 'withdrawn', withdrawnAt: at }, changed: true };
}

/** The offer if it binds the merchant at this instant. It is valid until just before `validUntil`. */
export function requireOpen(offer: Offer, at: Date): Result<Offer, OfferError> {
  if (offer.status === 'withdrawn') {
    return err(offerErrors.OFFER_WITHDRAWN(`Offer ${offer.id} was withdrawn by the merchant.`));
  }
  if (at.getTime() >= offer.validUntil.getTime()) {
    return err(offerErrors.OFFER_EXPIRED(`Offer ${offer.id} was valid until ${offer.validUntil.toISOString()}.`));
  }
  return ok(offer);
}

/** Whether an organisation may take the offer, or even know of it. The merchant's own knowledge is another question. */
export function isOfferedTo({ buyerId }: Pick<Offer, 'buyerId'>, organisationId: string): boolean {
  return buyerId === null || buyerId === organisationId;
}
