import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about a dispute over an agreement. */
export const disputeErrors = defineErrors({
  AGREEMENT_DISPUTE_UNKNOWN: {
    kind: 'not_found',
    title: 'No such dispute',
    fix: 'Check the id; GET /v1/agreement-disputes lists the disputes of your organisation.',
  },
  AGREEMENT_DISPUTE_TOO_EARLY: {
    kind: 'conflict',
    title: 'The agreement never bound anybody',
    fix: 'Do not sign it, or end it: there is nothing to dispute before both signed.',
  },
  AGREEMENT_DISPUTE_OPEN_ALREADY: {
    kind: 'conflict',
    title: 'Your organisation disputes this agreement already',
    fix: 'Add to the open dispute named, or close it first.',
  },
  AGREEMENT_DISPUTE_TRANSITION_REFUSED: {
    kind: 'conflict',
    title: 'The dispute is not in a state that allows this',
    fix: 'Read the dispute again and choose one of the commands its status accepts.',
  },
  AGREEMENT_DISPUTE_ROLE_NEEDED: {
    kind: 'forbidden',
    title: 'This step is for another side',
    fix: 'Wait for the side named to take it.',
  },
  AGREEMENT_DISPUTE_NOTHING_PROPOSED: {
    kind: 'conflict',
    title: 'The other side has proposed nothing',
    fix: 'Propose a settlement yourself, or wait for one.',
  },
  AGREEMENT_DISPUTE_FULL: {
    kind: 'conflict',
    title: 'The dispute has as many steps as can be read',
    fix: 'Settle it, take it back, or bring it to arbitration.',
  },
});

export type DisputeError = ErrorOf<typeof disputeErrors>;
