import type { Consent, Negotiation, NegotiationEnd, NegotiationRole } from './negotiation.js';
import type { OfferMade, TermsChange } from './negotiation-offer.js';
import type { NegotiationMessage, NegotiationState } from './negotiation-protocol.js';

/** A negotiation as its table has it. Hand-written SQL: every message of every peer goes through here. */
export interface NegotiationRow {
  readonly id: string;
  readonly role: NegotiationRole;
  readonly state: NegotiationState;
  readonly pending: NegotiationMessage | null;
  readonly peer_id: string | null;
  readonly peer_participant: string | null;
  readonly peer_base: string | null;
  readonly provider_pid: string | null;
  readonly consumer_pid: string | null;
  readonly offer_id: string | null;
  readonly dataset_id: string;
  readonly merchant_id: string;
  readonly buyer_id: string | null;
  readonly requested_at: Date;
  readonly requested_by: string | null;
  readonly offer: StoredOfferMade;
  readonly consent: Stored<Consent> | null;
  readonly agreement_id: string | null;
  readonly ending: Stored<NegotiationEnd> | null;
}

/** Instants are text in JSON. */
type Stored<T extends { readonly at: Date }> = Omit<T, 'at'> & { readonly at: string };

/** As {@link Stored}, for an offer made. */
export interface StoredOfferMade extends Omit<OfferMade, 'validUntil' | 'madeAt' | 'change'> {
  readonly validUntil: string;
  readonly madeAt: string;
  readonly change: Omit<TermsChange, 'term'> & { readonly term?: { readonly from: string; readonly until: string } };
}

export const NEGOTIATION_COLUMNS = `id, role, state, pending, peer_id, peer_participant, peer_base, provider_pid,
  consumer_pid, offer_id, dataset_id, merchant_id, buyer_id, requested_at, requested_by, offer, consent, agreement_id, ending`;

/** Reads a negotiation from its row. */
export function negotiationFrom(row: NegotiationRow): Negotiation {
  const { peer_id: peerId, peer_participant: participantId, peer_base: baseUrl, consent, ending } = row;
  const isWithPeer = peerId !== null && participantId !== null && baseUrl !== null;
  return {
    id: row.id,
    role: row.role,
    state: row.state,
    pending: row.pending,
    peer: isWithPeer ? { peerId, participantId, baseUrl } : null,
    providerPid: row.provider_pid,
    consumerPid: row.consumer_pid,
    offerId: row.offer_id,
    datasetId: row.dataset_id,
    merchantId: row.merchant_id,
    buyerId: row.buyer_id,
    requestedAt: row.requested_at,
    requestedBy: row.requested_by,
    offer: offerMadeFrom(row.offer),
    consent: consent && { ...consent, at: new Date(consent.at) },
    agreementId: row.agreement_id,
    end: ending && { ...ending, at: new Date(ending.at) },
  };
}

/** Reads an offer made from its JSON. */
export function offerMadeFrom({ change, validUntil, madeAt, ...offer }: StoredOfferMade): OfferMade {
  const { term, ...rest } = change;
  const read =
    term === undefined ? rest : { ...rest, term: { from: new Date(term.from), until: new Date(term.until) } };
  return { ...offer, change: read, validUntil: new Date(validUntil), madeAt: new Date(madeAt) };
}
