import { err, ok, type Result } from '@hetao/kernel';
import { negotiationErrors, type NegotiationError } from './negotiation.errors.js';
import {
  negotiationTransitions,
  nextState,
  refused,
  type NegotiationMessage,
  type NegotiationState,
  type Side,
} from './negotiation-protocol.js';
import {
  actsFor,
  ourSide,
  peerPid,
  peerSide,
  type Negotiation,
  type NegotiationAct,
  type NegotiationOutcome,
  type NegotiationStep,
} from './negotiation-record.js';

export * from './negotiation-record.js';

type Outcome = Result<NegotiationOutcome, NegotiationError>;

/** More offers than this in one negotiation are no negotiation any more. */
export const MAX_OFFERS = 50;

/**
 * Whether one of our sides may say this now. While a message to a peer is under way only terminating is possible.
 *
 * @returns the state it leads to; NEGOTIATION_WRONG_SIDE, NEGOTIATION_MESSAGE_UNDER_WAY, REQUEST_TRANSITION_REFUSED.
 */
export function mayAct(
  negotiation: Negotiation,
  message: NegotiationMessage,
  side: Side,
): Result<NegotiationState, NegotiationError> {
  const peer = negotiation.peer?.participantId ?? 'the peer';
  if (!actsFor(negotiation, side)) {
    const detail = `The ${side} of this negotiation is ${peer}, not this exchange.`;
    return err(negotiationErrors.NEGOTIATION_WRONG_SIDE(detail, { meta: { message, side } }));
  }
  const { pending } = negotiation;
  if (pending !== null && message !== 'termination') {
    const detail = `The ${pending} sent before is not acknowledged by ${peer} yet.`;
    return err(negotiationErrors.NEGOTIATION_MESSAGE_UNDER_WAY(detail, { meta: { pending, retryable: true } }));
  }
  return nextState(negotiation.state, message, side);
}

/**
 * One of our sides acts. Among ourselves that is done at once; towards a peer it is under way until acknowledged, and
 * what it says (the offer, the agreement, the reason of an end) is kept from now on. Terminating again changes nothing.
 */
export function act(negotiation: Negotiation, side: Side, input: NegotiationAct, at: Date): Outcome {
  const { message } = input;
  if (negotiation.pending === 'termination' && message === 'termination') return ok({ negotiation, step: null });
  const next = mayAct(negotiation, message, side);
  if (!next.ok) return next;
  const room = roomFor(input);
  if (!room.ok) return room;
  // Whoever has not answered yet has no id for us to name: what ends before that ends here.
  const isUnanswered = message === 'termination' && peerPid(negotiation) === null;
  if (negotiation.peer === null || isUnanswered) {
    const now = { ...said(negotiation, input), pending: null };
    return ok(moved(now, { event: 'done', message, side, to: next.value, at }));
  }
  const sent = { ...said(negotiation, input), pending: message };
  return ok(moved(sent, { event: 'sent', message, side, to: negotiation.state, at }));
}

/** Whether a message of the peer has a place now, whatever it says: as {@link mayAct}, for the other side. */
export function mayReceive(
  negotiation: Negotiation,
  message: NegotiationMessage,
): Result<NegotiationState, NegotiationError> {
  // Where our termination is under way it is over for us: only the peer's own, which crossed ours, has a place still.
  if (negotiation.pending === 'termination' && message !== 'termination') return err(refused('TERMINATED', message));
  return nextState(negotiation.state, message, peerSide(negotiation));
}

/** A message of the peer. What of ours was under way is settled before: see {@link meaningFor}. */
export function receive(negotiation: Negotiation, input: NegotiationAct, at: Date): Outcome {
  const { message } = input;
  const next = mayReceive(negotiation, message);
  if (!next.ok) return next;
  const room = roomFor(input);
  if (!room.ok) return room;
  const heard = { ...said(negotiation, input), pending: null };
  return ok(moved(heard, { event: 'received', message, side: peerSide(negotiation), to: next.value, at }));
}

/**
 * What a message of the peer means for ours that is under way. It `overtakes` it where it has a place without ours: ours
 * is not needed any more. It `acknowledges` it where it has a place only if ours arrived.
 */
export function meaningFor(
  negotiation: Negotiation,
  message: NegotiationMessage,
): 'overtakes' | 'acknowledges' | 'nothing' {
  const { pending } = negotiation;
  if (pending === null || pending === 'termination') return 'nothing';
  if (mayReceive(negotiation, message).ok) return 'overtakes';
  const taken = nextState(negotiation.state, pending, ourSide(negotiation));
  return taken.ok && nextState(taken.value, message, peerSide(negotiation)).ok ? 'acknowledges' : 'nothing';
}

/** The peer took our message. Late or repeated news change nothing. */
export function acknowledge(negotiation: Negotiation, message: NegotiationMessage, at: Date): NegotiationOutcome {
  const pending = negotiation.pending === message ? null : negotiation.pending;
  const side = ourSide(negotiation);
  const next = nextState(negotiation.state, message, side);
  if (!next.ok && pending === negotiation.pending) return { negotiation, step: null };
  const to = next.ok ? next.value : negotiation.state;
  return moved({ ...negotiation, pending }, { event: 'acknowledged', message, side, to, at });
}

/**
 * Our message could not be brought to the peer, or was refused by it: the two books differ, so it ends here. An end we
 * wanted ourselves stands as it is.
 */
export function giveUp(
  negotiation: Negotiation,
  failure: { readonly message: NegotiationMessage; readonly code: string; readonly reason: string },
  at: Date,
): NegotiationOutcome {
  if (negotiationTransitions.isFinal(negotiation.state)) {
    if (negotiation.pending === null) return { negotiation, step: null };
    return { negotiation: { ...negotiation, pending: null }, step: null };
  }
  const { message, code, reason } = failure;
  const own = negotiation.pending === 'termination' ? negotiation.end : null;
  const end = own ?? { at, side: peerSide(negotiation), code, reason, by: null };
  const step = { event: 'given_up', message, side: ourSide(negotiation), to: 'TERMINATED', at } as const;
  return moved({ ...negotiation, end, pending: null }, step);
}

function roomFor(input: NegotiationAct): Result<null, NegotiationError> {
  if ((input.message !== 'request' && input.message !== 'offer') || input.offer.number <= MAX_OFFERS) return ok(null);
  const detail = `${MAX_OFFERS} offers were made; no further one is taken.`;
  return err(negotiationErrors.NEGOTIATION_OFFERS_EXHAUSTED(detail, { meta: { limit: MAX_OFFERS } }));
}

function said(negotiation: Negotiation, input: NegotiationAct): Negotiation {
  switch (input.message) {
    case 'request':
    case 'offer':
      return { ...negotiation, offer: input.offer };
    case 'agreement':
      return { ...negotiation, consent: input.consent, agreementId: input.agreementId };
    case 'termination':
      return { ...negotiation, end: input.end };
    default:
      return negotiation;
  }
}

function moved(negotiation: Negotiation, step: Omit<NegotiationStep, 'from'>): NegotiationOutcome {
  return { negotiation: { ...negotiation, state: step.to }, step: { ...step, from: negotiation.state } };
}
