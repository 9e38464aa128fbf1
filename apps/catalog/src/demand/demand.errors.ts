import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused on the demand board. */
export const demandErrors = defineErrors({
  DEMAND_UNKNOWN: {
    kind: 'not_found',
    title: 'No such demand',
    fix: 'Check the id; GET /v1/demands lists the board.',
  },
  DEMAND_TRANSITION_REFUSED: {
    kind: 'conflict',
    title: 'The demand is not open',
    fix: 'Read the demand again; post a new one if the need is still there.',
  },
  DEMAND_TERM_INVALID: {
    kind: 'unprocessable',
    title: 'The demand cannot stay open so long',
    fix: 'Give open_until within the next 180 days.',
  },
  DEMAND_ACTOR_NOT_APPROVED: {
    kind: 'forbidden',
    title: 'Your organisation may not do this on the demand board',
    fix: 'Buyers post and merchants answer, once the operator approved them in that role.',
  },
  DEMAND_PRODUCT_NOT_OFFERED: {
    kind: 'unprocessable',
    title: 'The answer names a product that cannot be had from you',
    fix: 'Name a listed product of your own organisation, or none.',
  },
  DEMAND_ANSWERED_TWICE: {
    kind: 'conflict',
    title: 'Your organisation answered often enough',
    fix: 'A merchant answers a demand at most five times.',
  },
  DEMAND_ANSWER_UNKNOWN: {
    kind: 'not_found',
    title: 'No such answer',
    fix: 'Choose one of the answers of this demand.',
  },
});

export type DemandError = ErrorOf<typeof demandErrors>;
