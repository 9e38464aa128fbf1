import type { OfferMade } from './negotiation-offer.js';
import {
  negotiationTransitions,
  type NegotiationMessage,
  type NegotiationState,
  type Side,
} from './negotiation-protocol.js';

/** Which of the two sides this exchange keeps the books of: one, towards a peer, or both, among its own. */
export type NegotiationRole = Side | 'both';

/** In one word, for whoever only wants to know whether access was agreed. */
export const requestStatuses = ['requested', 'agreed', 'declined', 'withdrawn', 'expired'] as const;
export type RequestStatus = (typeof requestStatuses)[number];

/** Who is on the other side, and how the process is known there. */
export interface Counterpart {
  readonly peerId: string;
  readonly participantId: string;
  /** Where it wants the messages of this process, without a slash at the end. */
  readonly baseUrl: string;
}

/** Who agreed, in whose name the agreement will be signed. */
export interface Consent {
  readonly at: Date;
  /** Subject, organisation and name of the person. */
  readonly subject: string;
  readonly organisationId: string;
  readonly displayName: string;
}

/** How a negotiation came to its end without being finalized. */
export interface NegotiationEnd {
  readonly at: Date;
  /** Whose doing it was; `time` when nobody answered. */
  readonly side: Side | 'time';
  /** In capitals; of a peer, whatever it sent. */
  readonly code: string;
  readonly reason: string | null;
  /** Subject of the person; null where it was time, or a peer. */
  readonly by: string | null;
}

/**
 * A negotiation about one dataset, from the first word to an agreement in force or an end with a reason: the same
 * whether both sides are at home here or one is a peer. Times are instants (UTC).
 */
export interface Negotiation {
  readonly id: string;
  readonly role: NegotiationRole;
  readonly state: NegotiationState;
  /** Sent to the peer and not acknowledged yet: the state follows the acknowledgement. */
  readonly pending: NegotiationMessage | null;
  readonly peer: Counterpart | null;
  /** Null only until the peer, which makes it, has answered. */
  readonly providerPid: string | null;
  readonly consumerPid: string | null;
  /** Our published offer it stands on; null where the peer provides. */
  readonly offerId: string | null;
  /** Our product, or the peer's dataset. */
  readonly datasetId: string;
  readonly merchantId: string;
  /** Null only while nobody here has taken up what a peer offered unasked. */
  readonly buyerId: string | null;
  readonly requestedAt: Date;
  /** Subject of the person who asked; null where it was a peer. */
  readonly requestedBy: string | null;
  /** What lies on the table. */
  readonly offer: OfferMade;
  readonly consent: Consent | null;
  /** What it led to, once the provider agreed; ours, not the peer's name of it. */
  readonly agreementId: string | null;
  readonly end: NegotiationEnd | null;
}

/** What a side does. */
export type NegotiationAct =
  | { readonly message: 'request' | 'offer'; readonly offer: OfferMade }
  | { readonly message: 'accepted' }
  | { readonly message: 'agreement'; readonly consent: Consent | null; readonly agreementId: string | null }
  | { readonly message: 'verification' | 'finalized' }
  | { readonly message: 'termination'; readonly end: NegotiationEnd };

/** One line of the history, which is only ever added to. */
export interface NegotiationStep {
  readonly event: 'done' | 'sent' | 'received' | 'acknowledged' | 'given_up';
  readonly message: NegotiationMessage;
  readonly side: Side;
  readonly from: NegotiationState | null;
  readonly to: NegotiationState;
  readonly at: Date;
}

/** What came of it; without a step nothing had to change, so nothing is written. */
export interface NegotiationOutcome {
  readonly negotiation: Negotiation;
  readonly step: NegotiationStep | null;
}

/** The sides this exchange acts for. */
export function actsFor(negotiation: Pick<Negotiation, 'role'>, side: Side): boolean {
  return negotiation.role === 'both' || negotiation.role === side;
}

/** The other one. */
export function otherSide(side: Side): Side {
  return side === 'provider' ? 'consumer' : 'provider';
}

/** The protocol state in one word of the market's. An agreement that lapses is a matter of the agreement. */
export function statusOf({ state, agreementId, end }: Negotiation): RequestStatus {
  if (agreementId !== null) return 'agreed';
  if (state === 'FINALIZED' || state === 'VERIFIED' || state === 'AGREED') return 'agreed';
  if (state !== 'TERMINATED' || end === null) return 'requested';
  if (end.side === 'time') return 'expired';
  return end.side === 'provider' ? 'declined' : 'withdrawn';
}

/** Whether time is up for what lies on the table: it can be answered until just before. */
export function isOver({ offer }: Pick<Negotiation, 'offer'>, at: Date): boolean {
  return at.getTime() >= offer.validUntil.getTime();
}

/** When time will end it by itself: only while no agreement binds; after that the agreement's own dates hold. */
export function dueAt({ state, offer, agreementId, pending }: Negotiation): Date | null {
  const isOver = pending === 'termination' || negotiationTransitions.isFinal(state);
  return isOver || agreementId !== null ? null : offer.validUntil;
}

/** The process id by which the peer knows it; null until it has answered. */
export function peerPid({ role, providerPid, consumerPid }: Negotiation): string | null {
  return role === 'consumer' ? providerPid : consumerPid;
}

/** Towards a peer, the side we are. */
export function ourSide({ role }: Pick<Negotiation, 'role'>): Side {
  return role === 'consumer' ? 'consumer' : 'provider';
}

/** Towards a peer, the side it is. */
export function peerSide(negotiation: Pick<Negotiation, 'role'>): Side {
  return otherSide(ourSide(negotiation));
}
