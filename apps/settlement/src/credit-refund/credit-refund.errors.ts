import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why a buyer's credit cannot be paid back as asked. */
export const creditRefundErrors = defineErrors({
  CREDIT_REFUND_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such refund',
    fix: 'List them with GET /v1/settlement/credit-refunds and use an id from there.',
  },
  CREDIT_REFUND_DECIDED: {
    kind: 'conflict',
    title: 'The refund is decided already, or was not decided in time',
    fix: 'Propose it anew if the money is still owed.',
  },
  CREDIT_REFUND_SAME_PERSON: {
    kind: 'forbidden',
    title: 'Whoever proposed a refund cannot approve it',
    fix: 'Have another operator look at it.',
  },
  CREDIT_REFUND_BEYOND: {
    kind: 'conflict',
    title: 'The buyer has less credit than that',
    fix: 'Refund at most what the account payable:buyer holds and no other refund reserves.',
  },
  CREDIT_REFUND_ACCOUNT: {
    kind: 'unprocessable',
    title: 'No bank account to pay the money to',
    fix: 'Give the account in refund_to, as the buyer confirmed it.',
  },
});

export type CreditRefundError = ErrorOf<typeof creditRefundErrors>;
