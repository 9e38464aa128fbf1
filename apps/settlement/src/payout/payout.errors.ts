import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why a payout cannot be shown or made. */
export const payoutErrors = defineErrors({
  PAYOUT_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such payout',
    fix: 'List your payouts with GET /v1/payouts and use an id from there.',
  },
});

export type PayoutError = ErrorOf<typeof payoutErrors>;
