import { unwrap } from '@hetao/kernel';
import type { Consent, Negotiation, NegotiationAct, NegotiationRole } from '../src/negotiation/negotiation.js';
import { requestAccess } from '../src/negotiation/negotiation-market.js';
import type { OfferMade } from '../src/negotiation/negotiation-offer.js';
import type { NegotiationMessage, NegotiationState, Side } from '../src/negotiation/negotiation-protocol.js';
import { publishOffer, type Offer } from '../src/offer/offer.js';
import { buyer, day, merchant, product, terms } from './sample-terms.js';

export const offer: Offer = unwrap(publishOffer({ id: 'off_1', merchant, product, terms }, day(0)));
export const use = { purpose: 'research', placeOfUse: 'HK' } as const;
export const consent: Consent = {
  at: day(1),
  subject: 'usr_merchant',
  organisationId: merchant.id,
  displayName: 'Mei',
};

const asked = unwrap(requestAccess({ id: 'req_1', offer, buyer, use, by: 'usr_buyer' }, day(0))).negotiation;
const peer = { peerId: 'per_1', participantId: 'did:web:alba.example', baseUrl: 'https://alba.example/dsp/2025-1' };

/** A negotiation in this role, that has come this far. */
export function negotiationIn(role: NegotiationRole, state: NegotiationState): Negotiation {
  const agreed = state === 'AGREED' || state === 'VERIFIED' || state === 'FINALIZED';
  return {
    ...asked,
    role,
    state,
    peer: role === 'both' ? null : peer,
    offerId: role === 'consumer' ? null : offer.id,
    consent: agreed && role !== 'consumer' ? consent : null,
    agreementId: agreed && role !== 'consumer' ? 'agr_1' : null,
    end: state === 'TERMINATED' ? { at: day(1), side: 'consumer', code: 'WITHDRAWN', reason: null, by: null } : null,
  };
}

/** The next offer of the chain, of this side. */
export function nextOffer(side: Side, number = 2): OfferMade {
  return { ...asked.offer, number, side, madeAt: day(1) };
}

/** An act that says what such a message says. */
export function actOf(message: NegotiationMessage, side: Side): NegotiationAct {
  switch (message) {
    case 'request':
    case 'offer':
      return { message, offer: nextOffer(side) };
    case 'agreement':
      return { message, consent, agreementId: 'agr_1' };
    case 'termination':
      return { message, end: { at: day(1), side, code: 'WITHDRAWN', reason: 'no need', by: 'usr_1' } };
    default:
      return { message };
  }
}
