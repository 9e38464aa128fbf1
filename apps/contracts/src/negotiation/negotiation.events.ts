import { AccessAnsweredV1, AccessRequestedV1 } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import type { Negotiation, NegotiationOutcome, NegotiationStep } from './negotiation.js';

/** Says that a merchant of ours is asked for access. What a merchant offers unasked, and what we ask of a peer, is no such request. */
export function announceRequest(tx: Tx, { negotiation, step }: NegotiationOutcome): void {
  const { id, role, offerId, datasetId, merchantId, buyerId, requestedAt } = negotiation;
  if (role === 'consumer' || offerId === null || step?.message !== 'request') return;
  const at = requestedAt.toISOString();
  tx.append(AccessRequestedV1, { requestId: id, offerId, productId: datasetId, merchantId, buyerId, requestedAt: at });
}

/** Says what came first of a request: the merchant's word, or its end without one. */
export function announceAnswer(tx: Tx, before: Negotiation, { negotiation, step }: NegotiationOutcome): void {
  const { id, role, offerId, datasetId, merchantId, requestedAt } = negotiation;
  const isOpen = before.state === 'REQUESTED' && before.offer.number === 1 && before.pending === null;
  if (role === 'consumer' || offerId === null || !isOpen || step === null) return;
  const answer = answerIn(step, negotiation);
  if (answer === null) return;
  const times = { requestedAt: requestedAt.toISOString(), answeredAt: step.at.toISOString() };
  tx.append(AccessAnsweredV1, { requestId: id, productId: datasetId, merchantId, answer, ...times });
}

function answerIn({ message }: NegotiationStep, { end }: Negotiation): AccessAnsweredV1['answer'] | null {
  switch (message) {
    case 'agreement':
      return 'agreed';
    case 'offer':
      return 'countered';
    case 'termination':
      if (end?.side === 'time') return 'expired';
      return end?.side === 'consumer' ? 'withdrawn' : 'declined';
    default:
      return null;
  }
}
