import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why money cannot be reserved, or a reserve not be used. */
export const holdErrors = defineErrors({
  HOLD_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such hold',
    fix: 'List the holds with GET /v1/ledger/holds and use an id from there.',
  },
  HOLD_EXPIRY_INVALID: {
    kind: 'unprocessable',
    title: 'The hold would end before it begins, or hardly ever',
    fix: 'Let it expire in the future and within 400 days.',
  },
  HOLD_RESOLVED: {
    kind: 'conflict',
    title: 'The hold was resolved before',
    fix: 'A hold is posted, voided or expired once. Reserve anew for what is still to be done.',
  },
  HOLD_EXPIRED: {
    kind: 'gone',
    title: 'The hold has expired',
    fix: 'Reserve anew: what was reserved is free for others.',
  },
  HOLD_EXCEEDED: {
    kind: 'unprocessable',
    title: 'More would be posted than was reserved',
    fix: 'Post at most what each leg of the hold reserved, on the same accounts and sides.',
  },
});

export type HoldError = ErrorOf<typeof holdErrors>;
