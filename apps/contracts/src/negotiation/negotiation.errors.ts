import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about an access request and the negotiation it is. */
export const negotiationErrors = defineErrors({
  REQUEST_UNKNOWN: {
    kind: 'not_found',
    title: 'No such access request',
    fix: 'Check the id; GET /v1/access-requests lists the requests of your organisation.',
  },
  REQUEST_TRANSITION_REFUSED: {
    kind: 'conflict',
    title: 'The negotiation stands elsewhere',
    fix: 'Read the request again; if it is over and access is still wanted, the buyer asks anew.',
  },
  REQUEST_EXPIRED: {
    kind: 'conflict',
    title: 'The access request has expired',
    fix: 'Ask the merchant for a new offer, then ask for access under it.',
  },
  REQUEST_TO_ONESELF: {
    kind: 'conflict',
    title: 'An organisation cannot ask itself for access',
    fix: 'Use your own product directly; agreements are between two organisations.',
  },
  REQUEST_ALREADY_OPEN: {
    kind: 'conflict',
    title: 'The same access request is already open',
    fix: 'Wait for the merchant’s answer to the open request, or withdraw it first.',
  },
  NEGOTIATION_WRONG_SIDE: {
    kind: 'conflict',
    title: 'The message is the other side’s to send',
    fix: 'Consumers request, accept and verify; providers offer, agree and finalize; both may terminate.',
  },
  NEGOTIATION_MESSAGE_UNDER_WAY: {
    kind: 'conflict',
    title: 'The last message to the other side is not acknowledged yet',
    fix: 'Try again in a moment. Terminating is possible at any time.',
  },
  NEGOTIATION_PIDS_DIFFER: {
    kind: 'invalid',
    title: 'The process ids are not those of this negotiation',
    fix: 'Send the providerPid and consumerPid that the first answer named.',
  },
  NEGOTIATION_OFFERS_EXHAUSTED: {
    kind: 'conflict',
    title: 'Enough offers were made in this negotiation',
    fix: 'Accept or decline the offer on the table, or begin a new negotiation.',
  },
  NEGOTIATION_OFFER_EMPTY: {
    kind: 'invalid',
    title: 'The counter-offer changes nothing',
    fix: 'Accept the offer on the table, or name what should be different.',
  },
  NEGOTIATION_OFFER_FOREIGN: {
    kind: 'invalid',
    title: 'The offer is of another dataset',
    fix: 'Counter with an offer of the dataset that is negotiated, or begin a negotiation about the other one.',
  },
  NEGOTIATION_BUYER_MISSING: {
    kind: 'invalid',
    title: 'The offer of a peer needs a buyer here',
    fix: 'Name buyer_id, purpose and place_of_use.',
  },
  NEGOTIATION_RULES_INVALID: {
    kind: 'unprocessable',
    title: 'The rules are no ODRL policy',
    fix: 'Send the rules as the peer’s catalog has them, with permission, prohibition or obligation.',
  },
  NEGOTIATION_AGREEMENT_DIFFERS: {
    kind: 'unprocessable',
    title: 'The agreement is not what was offered',
    fix: 'Send an agreement with the parties, the dataset and the rules of the last offer, unchanged.',
  },
});

export type NegotiationError = ErrorOf<typeof negotiationErrors>;
