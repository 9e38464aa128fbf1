import type { Jurisdiction } from '@hetao/kernel';
import type { AnyPricePlan } from '@hetao/rating';
import type { Party } from '../directory/directory.js';
import type { Offer, Quota, RenewalTerms } from '../offer/offer.js';
import type { UsagePolicy } from '../policy/policy.js';

/** The document as JSON: what both sides sign the hash of. */
export type AgreementDocument = Readonly<Record<string, unknown>>;

/** The border the data crosses: without a release of customs for it, the agreement gives no access. */
export interface ReleaseCondition {
  readonly origin: Jurisdiction;
  readonly destination: Jurisdiction;
}

/** The agreement a text takes the place of, once it comes into force. */
export interface Supersession {
  readonly agreementId: string;
  /** Of the document that is superseded. */
  readonly documentHash: string;
  /** Other terms, signed by both; or another term by the clause both signed before. */
  readonly kind: 'amendment' | 'renewal';
}

/** What an offer and the agreements from it say alike. */
export type AgreedTerms = Omit<
  Offer,
  'merchantId' | 'status' | 'publishedAt' | 'withdrawnAt' | 'validUntil' | 'buyerId'
>;

/** Everything an agreement says. */
export interface AgreementMatter {
  readonly agreementId: string;
  readonly requestId: string;
  /** The offer, or what became of its terms since. */
  readonly offer: AgreedTerms;
  readonly merchant: Party;
  readonly buyer: Party;
  readonly purpose: string;
  readonly placeOfUse: Jurisdiction;
  /** Where the data lies. */
  readonly origin: Jurisdiction;
  readonly supersedes?: Supersession | null;
  /** SHA-256 of what the product's fields were; null or absent where the catalog described none. */
  readonly schemaHash?: string | null;
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
  readonly plan: AnyPricePlan;
  /** Zone whose days and months the plan counts; IANA name. */
  readonly timeZone: string;
  readonly policy: UsagePolicy;
  readonly quota: Quota | null;
  readonly purpose: string;
  readonly placeOfUse: Jurisdiction;
  readonly release: ReleaseCondition | null;
  readonly effectiveFrom: Date;
  readonly effectiveUntil: Date;
  /** Days between a party's notice and the end; 0 lets it end at once. */
  readonly noticeDays: number;
  readonly renewal: RenewalTerms | null;
  readonly supersedes: Supersession | null;
  /** Both must have signed before. */
  readonly signBy: Date;
  readonly document: AgreementDocument;
  /** Lower-case hexadecimal SHA-256 of the document's canonical JSON (RFC 8785). */
  readonly documentHash: string;
  readonly draftedAt: Date;
}

/** Nothing crosses a border without a release: one is needed wherever the data is used in another place than it lies. */
export function releaseCondition({
  origin,
  placeOfUse,
}: Pick<AgreementMatter, 'origin' | 'placeOfUse'>): ReleaseCondition | null {
  return origin === placeOfUse ? null : { origin, destination: placeOfUse };
}

/** The part of an offer that an agreement takes over. */
export function agreedTerms(offer: AgreedTerms): AgreedTerms {
  const { id, productId, productVersion, plan, timeZone, policy, quota, term } = offer;
  const { noticeDays, renewal, channelPartnerId } = offer;
  return { id, productId, productVersion, plan, timeZone, policy, quota, term, noticeDays, renewal, channelPartnerId };
}
