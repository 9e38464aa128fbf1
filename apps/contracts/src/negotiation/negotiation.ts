import { defineTransitions, err, ok, type DomainError, type Jurisdiction, type Result } from '@hetao/kernel';
import type { Party } from '../directory/directory.js';
import { requireOpen, type Offer } from '../offer/offer.js';
import { permitUse, type IntendedUse } from '../policy/policy.js';
import { negotiationErrors, type NegotiationError } from './negotiation.errors.js';

export type RequestStatus = 'requested' | 'agreed' | 'declined' | 'withdrawn' | 'expired';
export type RequestCommand = 'agree' | 'decline' | 'withdraw' | 'expire';

/** The life of an access request: one open state, four ways out. */
export const requestTransitions = defineTransitions<RequestStatus, RequestCommand>({
  requested: { agree: 'agreed', decline: 'declined', withdraw: 'withdrawn', expire: 'expired' },
  agreed: {},
  declined: {},
  withdrawn: {},
  expired: {},
}).assertReachable('requested');

/** A buyer's wish to use a product under an offer, for one purpose in one place. Times are instants (UTC). */
export interface AccessRequest {
  readonly id: string;
  readonly offerId: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly purpose: string;
  readonly placeOfUse: Jurisdiction;
  readonly status: RequestStatus;
  readonly requestedAt: Date;
  /** Subject of the person who asked. */
  readonly requestedBy: string;
  /** Can be answered until just before; the offer binds no longer. */
  readonly expiresAt: Date;
  readonly answeredAt: Date | null;
  /** Subject of the person who answered; null when time did. */
  readonly answeredBy: string | null;
  readonly reason: string | null;
  /** What it led to, once agreed. */
  readonly agreementId: string | null;
}

/** How an open request comes to its end. */
export type RequestAnswer =
  | {
      readonly command: 'agree';
      readonly by: string;
      readonly at: Date;
      readonly offer: Offer;
      readonly agreementId: string;
    }
  | { readonly command: 'decline'; readonly by: string; readonly at: Date; readonly reason: string }
  | { readonly command: 'withdraw'; readonly by: string; readonly at: Date }
  | { readonly command: 'expire'; readonly at: Date };

/** The outcome of a command; `changed` is false when it had already happened, so nothing is written or published. */
export interface RequestOutcome {
  readonly request: AccessRequest;
  readonly changed: boolean;
}

/** Opens a request of this buyer under an open offer whose policy allows the use. */
export function requestAccess(
  input: { id: string; offer: Offer; buyer: Party; use: IntendedUse; by: string },
  at: Date,
): Result<AccessRequest, DomainError> {
  const { id, offer, buyer, use, by } = input;
  if (buyer.id === offer.merchantId) {
    return err(negotiationErrors.REQUEST_TO_ONESELF(`Offer ${offer.id} is of your own organisation ${buyer.id}.`));
  }
  const open = requireOpen(offer, at);
  if (!open.ok) return open;
  const permitted = permitUse(offer.policy, use);
  if (!permitted.ok) return permitted;
  return ok({
    id,
    offerId: offer.id,
    productId: offer.productId,
    merchantId: offer.merchantId,
    buyerId: buyer.id,
    purpose: use.purpose,
    placeOfUse: use.placeOfUse,
    status: 'requested',
    requestedAt: at,
    requestedBy: by,
    expiresAt: offer.validUntil,
    answeredAt: null,
    answeredBy: null,
    reason: null,
    agreementId: null,
  });
}

const goals: Readonly<Record<RequestCommand, RequestStatus>> = {
  agree: 'agreed',
  decline: 'declined',
  withdraw: 'withdrawn',
  expire: 'expired',
};

/**
 * Answers a request. The same answer again changes nothing; another answer is refused, so of two people answering at
 * once one learns what the other decided. After `expiresAt` only `expire` is left, and before it is not possible.
 */
export function answerRequest(request: AccessRequest, answer: RequestAnswer): Result<RequestOutcome, DomainError> {
  const { command } = answer;
  const settled = settledAnswer(request, command);
  if (settled !== null) return settled;
  const over = answer.at.getTime() >= request.expiresAt.getTime();
  if (over !== (command === 'expire')) return refuseByTime(request, command);
  if (answer.command === 'agree') {
    const open = requireOpen(answer.offer, answer.at);
    if (!open.ok) return open;
  }
  const answered: AccessRequest = {
    ...request,
    status: goals[command],
    answeredAt: answer.at,
    answeredBy: answer.command === 'expire' ? null : answer.by,
    reason: answer.command === 'decline' ? answer.reason : null,
    agreementId: answer.command === 'agree' ? answer.agreementId : null,
  };
  return ok({ request: answered, changed: true });
}

/** What a command means for a request that was answered before: nothing new, or a refusal. Null while it is open. */
export function settledAnswer(
  request: AccessRequest,
  command: RequestCommand,
): Result<RequestOutcome, NegotiationError> | null {
  if (requestTransitions.canTransition(request.status, command)) return null;
  return request.status === goals[command] ? ok({ request, changed: false }) : refuse(request, command);
}

function refuse(request: AccessRequest, command: RequestCommand): Result<never, NegotiationError> {
  return err(
    negotiationErrors.REQUEST_TRANSITION_REFUSED(
      `Access request ${request.id} is ${request.status}; "${command}" is not possible any more.`,
      { meta: { status: request.status } },
    ),
  );
}

function refuseByTime(request: AccessRequest, command: RequestCommand): Result<never, NegotiationError> {
  const until = request.expiresAt.toISOString();
  if (command === 'expire') {
    return err(
      negotiationErrors.REQUEST_TRANSITION_REFUSED(`Access request ${request.id} does not expire before ${until}.`, {
        meta: { status: request.status },
      }),
    );
  }
  return err(negotiationErrors.REQUEST_EXPIRED(`Access request ${request.id} could be answered until ${until}.`));
}
