import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about an access request. */
export const negotiationErrors = defineErrors({
  REQUEST_UNKNOWN: {
    kind: 'not_found',
    title: 'No such access request',
    fix: 'Check the id; GET /v1/access-requests lists the requests of your organisation.',
  },
  REQUEST_TRANSITION_REFUSED: {
    kind: 'conflict',
    title: 'The access request was answered otherwise',
    fix: 'Read the request again; if access is still wanted, the buyer asks anew.',
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
});

export type NegotiationError = ErrorOf<typeof negotiationErrors>;
