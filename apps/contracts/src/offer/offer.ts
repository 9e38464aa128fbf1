import { Decimal, defineTransitions, err, ok, type DomainError, type Result } from '@hetao/kernel';
import { validatePlan, type PricePlan } from '@hetao/rating';
import type { ListedProduct, Party } from '../directory/directory.js';
import { checkPolicy, type UsagePolicy } from '../policy/policy.js';
import { offerErrors, type OfferError } from './offer.errors.js';

export type OfferStatus = 'published' | 'withdrawn';
export type OfferCommand = 'withdraw';

/** The life of an offer. That one has expired is a question of the time, not of a command. */
export const offerTransitions = defineTransitions<OfferStatus, OfferCommand>({
  published: { withdraw: 'withdrawn' },
  withdrawn: {},
}).assertReachable('published');

/** How much of a meter an agreement allows in all. */
export interface Quota {
  readonly meter: string;
  /** Exact decimal text, above zero. */
  readonly limit: string;
}

/** When an agreement from the offer is in force: from `from` until just before `until`. */
export interface Term {
  readonly from: Date;
  readonly until: Date;
}

/** What a merchant binds himself to for as long as the offer is valid. */
export interface OfferTerms {
  readonly plan: PricePlan;
  readonly policy: UsagePolicy;
  readonly quota: Quota | null;
  readonly validUntil: Date;
  readonly term: Term;
  readonly channelPartnerId: string | null;
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
  const plan = validatePlan(terms.plan);
  if (!plan.ok) return plan;
  const policy = checkPolicy(terms.policy);
  if (!policy.ok) return policy;
  const rest = firstFault(checkTimes(terms, at), checkQuota(terms.quota), checkChannel(terms, merchant));
  if (rest !== null) return err(rest);
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

function checkTimes({ validUntil, term }: OfferTerms, at: Date): OfferError | null {
  const now = at.getTime();
  if (validUntil.getTime() <= now) {
    return termFault('/valid_until', `valid_until ${validUntil.toISOString()} is not in the future`);
  }
  if (term.until.getTime() <= term.from.getTime()) {
    return termFault('/term/until', `the term ends at ${term.until.toISOString()}, not after it begins`);
  }
  if (term.until.getTime() <= now) {
    return termFault('/term/until', `the term is over since ${term.until.toISOString()}`);
  }
  return null;
}

function termFault(pointer: string, detail: string): OfferError {
  return offerErrors.OFFER_TERM_INVALID(`The offer was refused: ${detail}.`, { pointer });
}

function checkQuota(quota: Quota | null): OfferError | null {
  if (quota === null || Decimal.parse(quota.limit).compare(Decimal.zero) > 0) return null;
  return offerErrors.OFFER_QUOTA_INVALID(`A limit of ${quota.limit} ${quota.meter} allows nothing.`, {
    pointer: '/quota/limit',
  });
}

/** A fee nobody receives, or a partner who receives nothing, is a mistake that would surface at the first payout. */
function checkChannel({ plan, channelPartnerId }: OfferTerms, merchant: Party): OfferError | null {
  const paid = plan.fee.channelBps > 0;
  if (paid === (channelPartnerId !== null) && channelPartnerId !== merchant.id) return null;
  return offerErrors.OFFER_CHANNEL_MISMATCH(
    `The channel fee is ${plan.fee.channelBps} basis points and the channel partner is ${channelPartnerId ?? 'nobody'}.`,
    { pointer: '/channel_partner_id' },
  );
}

function firstFault(...faults: readonly (OfferError | null)[]): OfferError | null {
  return faults.find((fault) => fault !== null) ?? null;
}
