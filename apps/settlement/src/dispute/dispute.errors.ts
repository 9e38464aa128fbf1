import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why a line cannot be disputed or a dispute not decided. */
export const disputeErrors = defineErrors({
  DISPUTE_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such dispute',
    fix: 'List the disputes with GET /v1/settlement/disputes and use an id from there.',
  },
  DISPUTE_OPEN_ALREADY: {
    kind: 'conflict',
    title: 'The line is disputed already',
    fix: 'Wait for the decision on the open dispute; add what is new to it through your contact at the exchange.',
  },
  DISPUTE_DECIDED: {
    kind: 'conflict',
    title: 'The dispute was decided before, otherwise',
    fix: 'A decision stands. If an upheld amount was too small, issue another credit note; if a rejection was wrong, dispute the line anew.',
  },
  INVOICE_NOT_DISPUTABLE: {
    kind: 'conflict',
    title: 'The invoice cannot be disputed any more',
    fix: 'Dispute an issued invoice that is neither void nor wholly credited.',
  },
});

export type DisputeError = ErrorOf<typeof disputeErrors>;
