import type { Jurisdiction } from '@hetao/kernel';
import type { Party } from '../directory/directory.js';
import type { PricePlan } from '@hetao/rating';
import type { Offer, Quota } from '../offer/offer.js';
import type { UsagePolicy } from '../policy/policy.js';
import { publicTerms } from '../offer/public-terms.js';

/** The document as JSON; see {@link agreementDocument}. */
export type AgreementDocument = ReturnType<typeof agreementDocument>;

/** The border the data crosses: without a release of customs for it, the agreement gives no access. */
export interface ReleaseCondition {
  readonly origin: Jurisdiction;
  readonly destination: Jurisdiction;
}

/** What both sides signed, or will: never changes once drafted. Times are instants (UTC). */
export interface AgreementText {
  readonly id: string;
  readonly requestId: string;
  readonly offerId: string;
  readonly productId: string;
  readonly productVersion: number;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly channelPartnerId: string | null;
  readonly plan: PricePlan;
  readonly policy: UsagePolicy;
  readonly quota: Quota | null;
  readonly purpose: string;
  readonly placeOfUse: Jurisdiction;
  readonly release: ReleaseCondition | null;
  readonly effectiveFrom: Date;
  readonly effectiveUntil: Date;
  /** Both must have signed before. */
  readonly signBy: Date;
  readonly document: AgreementDocument;
  /** Lower-case hexadecimal SHA-256 of the document's canonical JSON (RFC 8785). */
  readonly documentHash: string;
  readonly draftedAt: Date;
}

/** Everything an agreement says. */
export interface AgreementMatter {
  readonly agreementId: string;
  readonly requestId: string;
  readonly offer: Offer;
  readonly merchant: Party;
  readonly buyer: Party;
  readonly purpose: string;
  readonly placeOfUse: Jurisdiction;
  /** Where the data lies. */
  readonly origin: Jurisdiction;
}

/** Nothing crosses a border without a release: one is needed wherever the data is used in another place than it lies. */
export function releaseCondition({ origin, placeOfUse }: AgreementMatter): ReleaseCondition | null {
  return origin === placeOfUse ? null : { origin, destination: placeOfUse };
}

/**
 * The document both sides sign the hash of, as JSON in the public form. Its `type` names this shape: a new shape is a
 * new type, so a document hashed today can be read and checked for ever. `release` is the border release the agreement
 * needs to enter into force; null where no border is crossed.
 */
export function agreementDocument(matter: AgreementMatter) {
  const { offer } = matter;
  return {
    type: 'hetao.agreement.v2',
    agreement_id: matter.agreementId,
    request_id: matter.requestId,
    offer_id: offer.id,
    product: { id: offer.productId, version: offer.productVersion },
    parties: { merchant: namedParty(matter.merchant), buyer: namedParty(matter.buyer) },
    terms: {
      purpose: matter.purpose,
      place_of_use: matter.placeOfUse,
      effective_from: offer.term.from.toISOString(),
      effective_until: offer.term.until.toISOString(),
    },
    ...publicTerms(offer),
    release: releaseCondition(matter),
  };
}

function namedParty(party: Party) {
  return { id: party.id, name: { ...party.name }, jurisdiction: party.jurisdiction };
}

/** The meters the price depends on, each once. */
export function planMeters(plan: PricePlan): readonly string[] {
  return [...new Set(plan.components.flatMap((component) => (component.kind === 'flat' ? [] : [component.meter])))];
}
