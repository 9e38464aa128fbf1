import { err, later, ok, type DomainError, type Result } from '@hetao/kernel';
import { samePolicy, type OdrlPolicy } from '@hetao/rules';
import type { Party } from '../directory/directory.js';
import { requireOpen, type Offer } from '../offer/offer.js';
import { odrlFrom, permitUse, usagePolicyFrom, type IntendedUse, type UsagePolicy } from '../policy/policy.js';
import { negotiationErrors } from './negotiation.errors.js';
import type { Counterpart, Negotiation, NegotiationOutcome } from './negotiation.js';
import { newPid, opened } from './negotiation-market.js';
import { firstOffer, termsOnTable, type OfferMade, type WireOffer } from './negotiation-offer.js';

/** How long an offer stands that names no end, in days. */
const OPEN_DAYS = 30;
const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;

/** What a peer asks for, or offers. */
export interface PeerWish {
  readonly peer: Counterpart;
  /** How the peer calls the process. */
  readonly pid: string;
  readonly wire: WireOffer;
}

/** A peer asks for a published offer of ours: as it is, or with rules of its own. */
export function requestedByPeer(
  input: PeerWish & { readonly id: string; readonly offer: Offer; readonly buyer: Party },
  at: Date,
): Result<NegotiationOutcome, DomainError> {
  const { id, offer, buyer, wire, peer, pid } = input;
  const open = requireOpen(offer, at);
  if (!open.ok) return open;
  const made = wishOn(firstOffer(offer, usable(offer.policy, buyer), { side: 'consumer', subject: null }, at), {
    published: offer,
    buyer,
    wire,
  });
  const terms = termsOnTable(offer, made);
  const permitted = made.use === null ? ok(null) : permitUse(terms.policy, { ...made.use, recipient: buyer.id });
  if (!permitted.ok) return permitted;
  const { productId: datasetId, merchantId } = offer;
  const negotiation: Negotiation = {
    ...withPeer({ id, datasetId, merchantId, buyerId: buyer.id, offer: made, peer }, at),
    role: 'provider',
    state: 'REQUESTED',
    providerPid: newPid(),
    consumerPid: pid,
    offerId: offer.id,
  };
  return ok({ negotiation, step: opened(negotiation, 'received') });
}

/** The peer's next word in a negotiation about an offer of ours. */
export function counterRequestOfPeer(
  negotiation: Negotiation,
  deal: { readonly published: Offer; readonly buyer: Party; readonly wire: WireOffer },
  at: Date,
): OfferMade {
  const { offer } = negotiation;
  const next = { ...offer, number: offer.number + 1, side: 'consumer', note: null, madeAt: at, madeBy: null } as const;
  return wishOn(next, deal);
}

/** A peer offers a dataset of its own unasked; whoever here takes it up becomes the buyer. */
export function offeredByPeer(
  input: PeerWish & { readonly id: string; readonly datasetId: string; readonly merchantId: string },
  at: Date,
): NegotiationOutcome {
  const { id, datasetId, merchantId, wire, peer, pid } = input;
  const negotiation: Negotiation = {
    ...withPeer({ id, datasetId, merchantId, buyerId: null, offer: peerOffer(wire, null, 1, at), peer }, at),
    role: 'consumer',
    state: 'OFFERED',
    providerPid: pid,
    consumerPid: newPid(),
  };
  return { negotiation, step: opened(negotiation, 'received') };
}

/** The peer's next offer of its own dataset. */
export function counterOfferOfPeer({ offer }: Negotiation, wire: WireOffer, at: Date): OfferMade {
  return peerOffer(wire, offer.use, offer.number + 1, at);
}

/** A buyer of ours asks for a dataset of a peer. The record is there before the peer can call back. */
export function askPeer(
  input: {
    readonly id: string;
    readonly peer: Counterpart;
    readonly merchantId: string;
    readonly buyerId: string | null;
    readonly datasetId: string;
    readonly wire: WireOffer;
    readonly use: IntendedUse | null;
    readonly by: string;
  },
  at: Date,
): NegotiationOutcome {
  const { id, peer, merchantId, buyerId, datasetId, wire, use, by } = input;
  const offer: OfferMade = { ...peerOffer(wire, use, 1, at), side: 'consumer', madeBy: by };
  const negotiation: Negotiation = {
    ...withPeer({ id, datasetId, merchantId, buyerId, offer, peer }, at),
    role: 'consumer',
    state: 'REQUESTED',
    pending: 'request',
    consumerPid: newPid(),
    requestedBy: by,
  };
  return { negotiation, step: opened(negotiation, 'sent') };
}

/** A merchant of ours offers to a peer unasked. */
export function offerToPeer(
  input: {
    readonly id: string;
    readonly peer: Counterpart;
    readonly offer: Offer;
    readonly buyer: Party;
    readonly by: string;
  },
  at: Date,
): Result<NegotiationOutcome, DomainError> {
  const { id, peer, offer, buyer, by } = input;
  const open = requireOpen(offer, at);
  if (!open.ok) return open;
  const use = usable(offer.policy, buyer);
  const permitted = permitUse(offer.policy, { ...use, recipient: buyer.id });
  if (!permitted.ok) return permitted;
  const made = { ...firstOffer(offer, use, { side: 'provider', subject: by }, at), wire: wireOf(offer, 1) };
  const { productId: datasetId, merchantId } = offer;
  const negotiation: Negotiation = {
    ...withPeer({ id, datasetId, merchantId, buyerId: buyer.id, offer: made, peer }, at),
    role: 'provider',
    state: 'OFFERED',
    pending: 'offer',
    providerPid: newPid(),
    offerId: offer.id,
    requestedBy: by,
  };
  return ok({ negotiation, step: opened(negotiation, 'sent') });
}

/** Our terms as a peer gets them; a counter-offer has a name of its own. */
export function wireOf(terms: Pick<Offer, 'id' | 'policy'>, number: number): WireOffer {
  return { id: number === 1 ? terms.id : `${terms.id}:${number}`, rules: odrlFrom(terms.policy) };
}

/** What a provider's agreement must say for us to verify it: parties, dataset and rules of the last offer. */
export function checkPeerAgreement(
  { peer, datasetId, offer }: Negotiation,
  agreement: { assigner: string; assignee: string; datasetId: string; timestamp: Date; rules: OdrlPolicy },
  ours: { readonly participantId: string; readonly at: Date },
): Result<null, DomainError> {
  const differs = (what: string, is: string, should: string) =>
    err(
      negotiationErrors.NEGOTIATION_AGREEMENT_DIFFERS(`The ${what} is ${is}; agreed was ${should}.`, {
        meta: { what },
      }),
    );
  if (agreement.assigner !== peer?.participantId) {
    return differs('assigner', agreement.assigner, peer?.participantId ?? 'nobody');
  }
  if (agreement.assignee !== ours.participantId) return differs('assignee', agreement.assignee, ours.participantId);
  if (agreement.datasetId !== datasetId) return differs('target', agreement.datasetId, datasetId);
  if (Math.abs(agreement.timestamp.getTime() - ours.at.getTime()) > DAY_MS) {
    return differs('timestamp', agreement.timestamp.toISOString(), 'within a day of now');
  }
  if (offer.wire !== null && samePolicy(agreement.rules, offer.wire.rules)) return ok(null);
  return differs(
    'policy',
    JSON.stringify(agreement.rules).slice(0, 500),
    JSON.stringify(offer.wire?.rules).slice(0, 500),
  );
}

/** Whether a peer's rules allow what a buyer here means to do: he learns that before he binds himself. */
export function permitUnder(
  rules: OdrlPolicy,
  use: IntendedUse,
  buyerId: string,
  at: Date,
): Result<unknown, DomainError> {
  const term = { from: at, until: later(at, YEAR_DAYS * DAY_MS) };
  const named = usagePolicyFrom(rules, term);
  const inShort = { purposes: [use.purpose], placesOfUse: [use.placeOfUse], onwardUse: false, retentionDays: null };
  const policy = named.ok ? named.value : { ...inShort, odrl: rules };
  return permitUse(policy, { ...use, recipient: buyerId });
}

/** A use the policy names, at the buyer's own place where that is allowed; what was asked for, if it can be told. */
function usable(policy: UsagePolicy, { jurisdiction }: Party): IntendedUse {
  const [purpose = ''] = policy.purposes;
  return { purpose, placeOfUse: jurisdiction };
}

/** Lays a peer's rules over what was published: nothing changes where they say the same. */
function wishOn(
  offer: OfferMade,
  { published, buyer, wire }: { readonly published: Offer; readonly buyer: Party; readonly wire: WireOffer },
): OfferMade {
  if (samePolicy(wire.rules, odrlFrom(published.policy))) {
    return { ...offer, change: {}, use: usable(published.policy, buyer), wire };
  }
  const policy = policyOf(wire.rules, published);
  return { ...offer, change: { policy }, use: usable(policy, buyer), wire };
}

/** A peer's rules as a policy of ours: in four words where they say no more, and in full where they do. */
function policyOf(rules: OdrlPolicy, { policy: published, term }: Offer): UsagePolicy {
  const policy = usagePolicyFrom(rules, term);
  if (!policy.ok) return { ...published, odrl: rules };
  const { purposes, placesOfUse, onwardUse, retentionDays } = policy.value;
  const words = { purposes, placesOfUse, onwardUse, retentionDays };
  return samePolicy(rules, odrlFrom(words)) ? words : policy.value;
}

function peerOffer(wire: WireOffer, use: IntendedUse | null, number: number, at: Date): OfferMade {
  const validUntil = later(at, OPEN_DAYS * DAY_MS);
  return { number, side: 'provider', change: {}, use, wire, note: null, validUntil, madeAt: at, madeBy: null };
}

function withPeer(
  input: Pick<Negotiation, 'id' | 'datasetId' | 'merchantId' | 'buyerId' | 'offer'> & { readonly peer: Counterpart },
  at: Date,
) {
  return {
    ...input,
    pending: null,
    providerPid: null,
    consumerPid: null,
    offerId: null,
    requestedAt: at,
    requestedBy: null,
    consent: null,
    agreementId: null,
    end: null,
  } satisfies Omit<Negotiation, 'role' | 'state'>;
}
