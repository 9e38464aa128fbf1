import { defineTransitions, err, ok, type Result } from '@hetao/kernel';
import { negotiationErrors, type NegotiationError } from './negotiation.errors.js';

/** The states of a contract negotiation (Dataspace Protocol 2025-1, contract negotiation protocol, states). */
export type NegotiationState =
  'REQUESTED' | 'OFFERED' | 'ACCEPTED' | 'AGREED' | 'VERIFIED' | 'FINALIZED' | 'TERMINATED';

/** What moves a negotiation: the protocol's messages, also where both sides are at home here and nothing is sent. */
export type NegotiationMessage =
  'request' | 'offer' | 'accepted' | 'agreement' | 'verification' | 'finalized' | 'termination';

/** The two ends of a negotiation. */
export type Side = 'provider' | 'consumer';

/**
 * The protocol's transition table, for messages within a negotiation. A second offer over an open one of one's own is
 * refused, in either direction: one offer lies on the table, and it is the other side's turn. Opening is no transition:
 * a request opens in REQUESTED, an offer in OFFERED.
 */
export const negotiationTransitions = defineTransitions<NegotiationState, NegotiationMessage>({
  REQUESTED: { offer: 'OFFERED', agreement: 'AGREED', termination: 'TERMINATED' },
  OFFERED: { request: 'REQUESTED', accepted: 'ACCEPTED', termination: 'TERMINATED' },
  ACCEPTED: { agreement: 'AGREED', termination: 'TERMINATED' },
  AGREED: { verification: 'VERIFIED', termination: 'TERMINATED' },
  VERIFIED: { finalized: 'FINALIZED', termination: 'TERMINATED' },
  FINALIZED: {},
  TERMINATED: {},
}).assertReachable('REQUESTED');

/** Who may send what. A termination is taken from either side in every state that is not the last. */
export const messageSenders: Readonly<Record<NegotiationMessage, readonly Side[]>> = {
  request: ['consumer'],
  offer: ['provider'],
  accepted: ['consumer'],
  agreement: ['provider'],
  verification: ['consumer'],
  finalized: ['provider'],
  termination: ['provider', 'consumer'],
};

/** Every message of the protocol, in the order in which they usually come. */
export const negotiationMessages = Object.keys(messageSenders) as readonly NegotiationMessage[];

/**
 * Where a message of this side leads from here.
 *
 * @returns the next state; NEGOTIATION_WRONG_SIDE or REQUEST_TRANSITION_REFUSED with what would be possible instead.
 */
export function nextState(
  state: NegotiationState,
  message: NegotiationMessage,
  side: Side,
): Result<NegotiationState, NegotiationError> {
  if (!messageSenders[message].includes(side)) {
    return err(
      negotiationErrors.NEGOTIATION_WRONG_SIDE(`${described[message]} is not for the ${side} to send.`, {
        meta: { state, message, side },
      }),
    );
  }
  const [next] = negotiationTransitions.targets(state, message);
  return next === undefined ? err(refused(state, message)) : ok(next);
}

/** Why a message has no place in this state, in words, with what has. */
export function refused(state: NegotiationState, message: NegotiationMessage): NegotiationError {
  const accepted = negotiationTransitions.commandsFrom(state);
  const instead =
    accepted.length === 0
      ? 'it is over, and nothing changes it any more'
      : `possible now: ${accepted.map((possible) => words[possible]).join(', ')}`;
  return negotiationErrors.REQUEST_TRANSITION_REFUSED(
    `${described[message]} is not possible while the negotiation is ${state}; ${instead}.`,
    { meta: { state, message, accepted } },
  );
}

const words: Readonly<Record<NegotiationMessage, string>> = {
  request: 'a request',
  offer: 'an offer',
  accepted: 'an acceptance',
  agreement: 'an agreement',
  verification: 'a verification',
  finalized: 'a finalization',
  termination: 'a termination',
};

const described: Readonly<Record<NegotiationMessage, string>> = {
  request: 'A request',
  offer: 'An offer',
  accepted: 'An acceptance',
  agreement: 'An agreement',
  verification: 'A verification',
  finalized: 'A finalization',
  termination: 'A termination',
};
