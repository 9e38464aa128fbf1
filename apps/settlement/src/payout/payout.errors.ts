import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why a payout cannot be shown or made. */
export const payoutErrors = defineErrors({
  PAYOUT_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such payout',
    fix: 'List your payouts with GET /v1/payouts and use an id from there.',
  },
  PAYMENTS_NONE: {
    kind: 'conflict',
    title: 'Nothing waits to be paid',
    fix: 'Instruct payouts first: POST /v1/settlement/periods/{period}/payouts. What is in a file is not put into a second one.',
  },
  PAYMENT_TOO_LARGE: {
    kind: 'unprocessable',
    title: 'The payments are too large for one file',
    fix: 'ISO 20022 allows 18 digits in an amount and in a control sum: agree on another way with the bank.',
  },
  PAYMENT_FILE_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such payment file',
    fix: 'Use the id that POST /v1/payment-files answered.',
  },
  STATUS_REPORT_INVALID: {
    kind: 'unprocessable',
    title: 'The file is no payment status report about a file of ours',
    fix: 'Send the pain.002 message that the bank answered to one of our payment files, unchanged.',
  },
  PAYOUT_HOLD_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such hold',
    fix: 'List the holds with GET /v1/payout-holds and use an id from there.',
  },
  BANK_DETAILS_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such bank details',
    fix: 'List them with GET /v1/bank-details and use an id from there.',
  },
  BANK_DETAILS_DECIDED: {
    kind: 'conflict',
    title: 'The bank details are decided already',
    fix: 'Propose new ones.',
  },
  BANK_DETAILS_PENDING: {
    kind: 'conflict',
    title: 'Other bank details of the party wait for a decision',
    fix: 'Have them approved or refused first.',
  },
  BANK_DETAILS_SAME_PERSON: {
    kind: 'forbidden',
    title: 'Whoever proposed bank details cannot approve them',
    fix: 'Have another operator check and approve them.',
  },
  PARTY_FORBIDDEN: {
    kind: 'forbidden',
    title: 'The party is not yours',
    fix: 'Propose bank details for your own organisation.',
  },
});

export type PayoutError = ErrorOf<typeof payoutErrors>;
