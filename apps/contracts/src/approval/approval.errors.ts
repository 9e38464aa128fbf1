import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about approvals. */
export const approvalErrors = defineErrors({
  APPROVAL_NEEDED: {
    kind: 'conflict',
    title: 'Your organisation’s limits ask for a colleague’s approval',
    fix: 'Send the deal in `meta` to POST /v1/approvals, let a colleague approve it, then send this request again.',
  },
  APPROVAL_NOT_NEEDED: {
    kind: 'conflict',
    title: 'The deal needs no approval',
    fix: 'Go on with it: your organisation’s limits leave it to you.',
  },
  APPROVAL_FOREIGN: {
    kind: 'forbidden',
    title: 'The deal is of another organisation',
    fix: 'Ask for approval of deals of your own organisation.',
  },
  APPROVAL_UNKNOWN: {
    kind: 'not_found',
    title: 'No such approval',
    fix: 'Check the id; GET /v1/approvals lists those of your organisation.',
  },
  APPROVAL_OWN: {
    kind: 'forbidden',
    title: 'Nobody approves what he asked for himself',
    fix: 'Let a colleague of your organisation decide.',
  },
  APPROVAL_OF_ANOTHER: {
    kind: 'forbidden',
    title: 'Only the person who asked can take it back',
    fix: 'Reject it, or ask that person to take it back.',
  },
  APPROVAL_NEEDS_PERSON: {
    kind: 'forbidden',
    title: 'A person has to decide this',
    fix: 'Sign in and decide; an API key or a program cannot.',
  },
  APPROVAL_DECIDED: {
    kind: 'conflict',
    title: 'The approval was decided otherwise',
    fix: 'Read it again; ask anew if the deal is still wanted.',
  },
  APPROVAL_EXPIRED: {
    kind: 'conflict',
    title: 'Nobody decided in time',
    fix: 'Ask for approval again.',
  },
});

export type ApprovalError = ErrorOf<typeof approvalErrors>;
