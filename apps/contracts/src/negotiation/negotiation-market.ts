import { err, newUuid, ok, type DomainError, type Result } from '@hetao/kernel';
import type { Party } from '../directory/directory.js';
import { requireOpen, type Offer } from '../offer/offer.js';
import { permitUse, type IntendedUse } from '../policy/policy.js';
import { negotiationErrors, type NegotiationError } from './negotiation.errors.js';
import { isOver, statusOf, type Negotiation, type NegotiationEnd, type NegotiationOutcome } from './negotiation.js';
import { firstOffer } from './negotiation-offer.js';
import { negotiationTransitions, type NegotiationMessage, type Side } from './negotiation-protocol.js';

/** The words of the market for what the protocol calls messages. */
export type RequestCommand = 'agree' | 'decline' | 'withdraw' | 'counter_offer' | 'accept' | 'expire';

/** A buyer opens a negotiation about our published offer, for a use its policy allows. */
export function requestAccess(
  input: { id: string; offer: Offer; buyer: Party; use: IntendedUse; by: string },
  at: Date,
): Result<NegotiationOutcome, DomainError> {
  const { id, offer, buyer, use, by } = input;
  if (buyer.id === offer.merchantId) {
    return err(negotiationErrors.REQUEST_TO_ONESELF(`Offer ${offer.id} is of your own organisation ${buyer.id}.`));
  }
  const open = requireOpen(offer, at);
  if (!open.ok) return open;
  const permitted = permitUse(offer.policy, { ...use, recipient: buyer.id });
  if (!permitted.ok) return permitted;
  const negotiation: Negotiation = {
    id,
    role: 'both',
    state: 'REQUESTED',
    pending: null,
    peer: null,
    providerPid: newPid(),
    consumerPid: newPid(),
    offerId: offer.id,
    datasetId: offer.productId,
    merchantId: offer.merchantId,
    buyerId: buyer.id,
    requestedAt: at,
    requestedBy: by,
    offer: firstOffer(offer, use, { side: 'consumer', subject: by }, at),
    consent: null,
    agreementId: null,
    end: null,
  };
  return ok({ negotiation, step: opened(negotiation, 'done') });
}

/** The first line of a history. */
export function opened(
  { state, offer }: Negotiation,
  event: 'done' | 'sent' | 'received',
): NonNullable<NegotiationOutcome['step']> {
  const message = state === 'OFFERED' ? 'offer' : 'request';
  return { event, message, side: offer.side, from: null, to: state, at: offer.madeAt };
}

/** A process id of ours, never used before: safe in a path without encoding. */
export function newPid(): string {
  return `urn:uuid:${newUuid()}`;
}

/** Who gives which command, and the message it is. */
const commands: Readonly<
  Record<Exclude<RequestCommand, 'counter_offer'>, { side: Side | 'time'; message: NegotiationMessage }>
> = {
  agree: { side: 'provider', message: 'agreement' },
  accept: { side: 'consumer', message: 'accepted' },
  decline: { side: 'provider', message: 'termination' },
  withdraw: { side: 'consumer', message: 'termination' },
  expire: { side: 'time', message: 'termination' },
};

/** The message a command is, from this side. */
export function messageOf(command: RequestCommand, side: Side): NegotiationMessage {
  if (command === 'counter_offer') return side === 'provider' ? 'offer' : 'request';
  return commands[command].message;
}

/** What a command means before anybody looks at the deal. */
export type Standing = 'done' | 'open';

/**
 * Whether a command has a place now. One that was given before is done, whatever became of the offer and the parties
 * since; another answer than the one given is refused, so of two people answering at once one learns what the other
 * decided. Before an agreement is drawn up, time ends everything but expiring; after it, it is ended through the
 * agreement.
 */
export function standingOf(
  negotiation: Negotiation,
  command: RequestCommand,
  side: Side,
  at: Date,
): Result<Standing, NegotiationError> {
  const status = statusOf(negotiation);
  if (isRepeated(negotiation, command)) return ok('done');
  const message = messageOf(command, side);
  if (status !== 'requested' || !negotiationTransitions.canTransition(negotiation.state, message)) {
    return err(refusedCommand(negotiation, command, side));
  }
  const over = isOver(negotiation, at);
  if (over === (command === 'expire')) return ok('open');
  const until = negotiation.offer.validUntil.toISOString();
  if (over)
    return err(negotiationErrors.REQUEST_EXPIRED(`Access request ${negotiation.id} could be answered until ${until}.`));
  return err(
    negotiationErrors.REQUEST_TRANSITION_REFUSED(`Access request ${negotiation.id} does not expire before ${until}.`, {
      meta: { status, state: negotiation.state },
    }),
  );
}

/** How a command ends a negotiation. */
export function endBy(
  command: 'decline' | 'withdraw' | 'expire',
  input: { readonly by: string | null; readonly reason: string | null; readonly at: Date },
): NegotiationEnd {
  const code = { decline: 'DECLINED', withdraw: 'WITHDRAWN', expire: 'EXPIRED' }[command];
  return { ...input, code, side: commands[command].side };
}

function isRepeated({ state, agreementId, end, pending }: Negotiation, command: RequestCommand): boolean {
  switch (command) {
    case 'agree':
      return agreementId !== null;
    case 'accept':
      return state === 'ACCEPTED' || pending === 'accepted';
    case 'decline':
    case 'withdraw':
    case 'expire':
      return agreementId === null && end !== null && end.side === commands[command].side;
    case 'counter_offer':
      return false;
  }
}

function refusedCommand(negotiation: Negotiation, command: RequestCommand, side: Side): NegotiationError {
  const { id, state, offer } = negotiation;
  const status = statusOf(negotiation);
  const turn =
    status === 'requested' && offer.side === side ? ' It is the other side’s turn to answer your offer.' : '';
  const detail =
    status === 'requested'
      ? `Access request ${id} is ${state}; "${command}" is not possible now.${turn}`
      : `Access request ${id} is ${status}; "${command}" is not possible any more.`;
  return negotiationErrors.REQUEST_TRANSITION_REFUSED(detail, { meta: { status, state } });
}
