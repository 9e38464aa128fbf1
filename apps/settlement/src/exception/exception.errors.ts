import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why an exception, a suggestion or a match cannot be worked on as asked. */
export const exceptionErrors = defineErrors({
  EXCEPTION_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such exception',
    fix: 'List the exceptions with GET /v1/reconciliation/exceptions and use an id from there.',
  },
  EXCEPTION_RESOLVED: {
    kind: 'conflict',
    title: 'The exception is resolved already',
    fix: 'Read it again: its resolution says what was done. A match can be undone with POST /v1/reconciliation/matches/{id}/unmatch.',
  },
  EXCEPTION_ACTION_UNFIT: {
    kind: 'unprocessable',
    title: 'The exception cannot be resolved this way',
    fix: 'Choose an action that fits the line: its side, its currency and its amount.',
  },
  ALLOCATION_INVALID: {
    kind: 'unprocessable',
    title: 'The allocation does not fit the line',
    fix: 'Give each invoice once, at most what is outstanding of it, in the currency of the line; say where a remainder goes.',
  },
  WRITE_OFF_NOT_OPEN: {
    kind: 'conflict',
    title: 'There is no open proposal to write this off',
    fix: 'Propose it first: POST /v1/reconciliation/exceptions/{id}/write-off.',
  },
  WRITE_OFF_SAME_PERSON: {
    kind: 'forbidden',
    title: 'Whoever proposed a write-off cannot approve it',
    fix: 'Have another operator look at it.',
  },
  MATCH_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such match',
    fix: 'The lines of a bank statement and the documents they paid name their matches.',
  },
  MATCH_NOT_REVERSIBLE: {
    kind: 'conflict',
    title: 'The match cannot be undone',
    fix: 'It was undone before, it is in the books of a closed period, or it is of a payout that came back.',
  },
  SUGGESTION_NOT_OPEN: {
    kind: 'conflict',
    title: 'The suggestion is not open any more',
    fix: 'List what is suggested now with GET /v1/reconciliation/exceptions/{id}.',
  },
  CREDIT_TOO_SMALL: {
    kind: 'conflict',
    title: 'The buyer has less credit than that',
    fix: 'Apply at most the balance of the buyer’s account payable:buyer.',
  },
});

export type ExceptionError = ErrorOf<typeof exceptionErrors>;
