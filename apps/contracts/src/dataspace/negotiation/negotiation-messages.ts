import type { OdrlPolicy } from '@hetao/rules';
import { ourSide, type Negotiation } from '../../negotiation/negotiation.js';
import type { NegotiationMessage } from '../../negotiation/negotiation-protocol.js';
import { NIL_PID, wire, type WireMessage } from '../wire/context.js';
import { iriOf } from '../wire/ids.js';

/** Who we are to a peer. */
export interface OurFrame {
  readonly participantId: string;
  /** Our base of 2025-1, where the peer sends its messages. */
  readonly base: string;
}

/** A message and where it goes, behind the peer's base. */
export interface Addressed {
  readonly path: string;
  readonly message: WireMessage;
}

/** An agreement as it is sent: its members besides the rules. */
export interface AgreementFrame {
  readonly ref: string;
  readonly madeAt: Date;
}

/** Both ids; the nil URN for one that nobody made yet. */
export function pidsOf({ providerPid, consumerPid }: Pick<Negotiation, 'providerPid' | 'consumerPid'>) {
  return { providerPid: providerPid ?? NIL_PID, consumerPid: consumerPid ?? NIL_PID };
}

/** The answer to everything about a negotiation: its ids and its state. */
export function negotiationObject(negotiation: Negotiation): WireMessage {
  return wire('ContractNegotiation', { ...pidsOf(negotiation), state: negotiation.state });
}

/** What this side says next, in the exact shape the schemas want. */
export function negotiationMessage(
  negotiation: Negotiation,
  message: NegotiationMessage,
  frame: OurFrame,
  agreement: object | null,
): Addressed {
  const pids = pidsOf(negotiation);
  const to = ourSide(negotiation) === 'provider' ? pids.consumerPid : pids.providerPid;
  const path = (end: string) => `/negotiations/${encodeURIComponent(to)}/${end}`;
  switch (message) {
    case 'request':
    case 'offer':
      return offering(negotiation, message, frame);
    case 'accepted':
    case 'finalized': {
      const eventType = message === 'accepted' ? 'ACCEPTED' : 'FINALIZED';
      return { path: path('events'), message: wire('ContractNegotiationEventMessage', { ...pids, eventType }) };
    }
    case 'agreement':
      if (agreement === null) throw new Error(`Negotiation ${negotiation.id} has no agreement to send.`);
      return { path: path('agreement'), message: wire('ContractAgreementMessage', { ...pids, agreement }) };
    case 'verification':
      return {
        path: path('agreement/verification'),
        message: wire('ContractAgreementVerificationMessage', pids),
      };
    case 'termination':
      return { path: path('termination'), message: wire('ContractNegotiationTerminationMessage', ending(negotiation)) };
  }
}

/**
 * The agreement a provider sends: the rules of what lies on the table word for word and in their order, since peers
 * compare both, with the parties and the time.
 */
export function wireAgreement(negotiation: Negotiation, frame: OurFrame, { ref, madeAt }: AgreementFrame) {
  const { peer, offer, datasetId } = negotiation;
  if (peer === null || offer.wire === null) throw new Error(`Negotiation ${negotiation.id} is not with a peer.`);
  return {
    '@id': ref,
    '@type': 'Agreement',
    target: iriOf(datasetId),
    assigner: frame.participantId,
    assignee: peer.participantId,
    timestamp: madeAt.toISOString(),
    ...sendable(offer.wire.rules),
  };
}

function offering(negotiation: Negotiation, message: 'request' | 'offer', frame: OurFrame): Addressed {
  const { offer, datasetId, peer, providerPid, consumerPid } = negotiation;
  if (peer === null || offer.wire === null) throw new Error(`Negotiation ${negotiation.id} is not with a peer.`);
  const ours = message === 'request' ? { consumerPid } : { providerPid };
  const theirs = message === 'request' ? { providerPid } : { consumerPid };
  const other = message === 'request' ? providerPid : consumerPid;
  const content = {
    // What we ask for is named as the peer named it.
    '@id': message === 'offer' ? iriOf(offer.wire.id) : offer.wire.id,
    '@type': 'Offer',
    target: iriOf(datasetId),
    assigner: message === 'request' ? peer.participantId : frame.participantId,
    ...sendable(offer.wire.rules),
  };
  const type = message === 'request' ? 'ContractRequestMessage' : 'ContractOfferMessage';
  const end = message === 'request' ? 'request' : 'offers';
  if (other === null) {
    const opening = { ...ours, callbackAddress: frame.base, offer: content };
    return { path: `/negotiations/${end}`, message: wire(type, opening) };
  }
  return {
    path: `/negotiations/${encodeURIComponent(other)}/${end}`,
    message: wire(type, { ...ours, ...theirs, offer: content }),
  };
}

function ending(negotiation: Negotiation) {
  const { end } = negotiation;
  const why = end === null ? {} : { code: end.code, ...(end.reason === null ? {} : { reason: [end.reason] }) };
  return { ...pidsOf(negotiation), ...why };
}

/** A list of profiles is in the schema and refused by the conformance kit: one is sent as a text. */
function sendable({ profile, ...rules }: OdrlPolicy) {
  const [first] = Array.isArray(profile) ? (profile as readonly string[]) : [profile];
  return first === undefined ? rules : { ...rules, profile: first };
}
