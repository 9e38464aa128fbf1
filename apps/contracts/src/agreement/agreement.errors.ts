import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about an agreement. */
export const agreementErrors = defineErrors({
  AGREEMENT_UNKNOWN: {
    kind: 'not_found',
    title: 'No such agreement',
    fix: 'Check the id; GET /v1/agreements lists the agreements of your organisation.',
  },
  AGREEMENT_TRANSITION_REFUSED: {
    kind: 'conflict',
    title: 'The agreement is not in a state that allows this',
    fix: 'Read the agreement again and choose one of the commands its status accepts.',
  },
  AGREEMENT_HASH_MISMATCH: {
    kind: 'conflict',
    title: 'The hash is not that of this agreement’s document',
    fix: 'Read the agreement, compute SHA-256 over the canonical JSON (RFC 8785) of its document, compare it with document_hash, and sign that.',
  },
  AGREEMENT_SIGNING_OVER: {
    kind: 'conflict',
    title: 'The time for signing is over',
    fix: 'The buyer asks for access again, under an offer that is still valid.',
  },
  AGREEMENT_NOTICE_SHORT: {
    kind: 'unprocessable',
    title: 'The agreement asks for longer notice',
    fix: 'Leave ends_at out to end it as soon as the notice allows, or name that day or a later one.',
  },
  AGREEMENT_AMENDMENT_OPEN: {
    kind: 'conflict',
    title: 'Another text is drawn up in place of this agreement already',
    fix: 'Sign the text named, or end it, and propose yours then.',
  },
  AGREEMENT_AMENDMENT_EMPTY: {
    kind: 'unprocessable',
    title: 'The amendment changes nothing',
    fix: 'Name at least one term with another value than the agreement has now.',
  },
  AGREEMENT_ROLE_NEEDED: {
    kind: 'forbidden',
    title: 'You may not act for your organisation in this agreement',
    fix: 'Ask a colleague with the persona named to do it, or your administrator to give it to you.',
  },
});

export type AgreementError = ErrorOf<typeof agreementErrors>;
