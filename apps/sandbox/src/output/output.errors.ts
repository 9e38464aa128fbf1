import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const outputErrors = defineErrors({
  OUTPUT_UNKNOWN: { kind: 'not_found', title: 'No such output request', fix: 'GET /v1/sandbox/outputs lists yours.' },
  OUTPUT_CANNOT_NOW: {
    kind: 'conflict',
    title: 'The request cannot do that now',
    fix: 'GET /v1/sandbox/outputs/{id} shows how it stands.',
  },
  OUTPUT_REVIEW_OWN: {
    kind: 'forbidden',
    title: 'Nobody reviews their own result',
    fix: 'Two others must look, one of them the custodian’s.',
  },
  OUTPUT_REVIEWER_NOT_ALLOWED: {
    kind: 'forbidden',
    title: 'You may not review this result',
    fix: 'Reviewers are people of the custodian and operators of the exchange.',
  },
  OUTPUT_VOTED_ALREADY: {
    kind: 'conflict',
    title: 'You have voted on this content',
    fix: 'A vote stands until the content changes.',
  },
  OUTPUT_CHANGED: {
    kind: 'conflict',
    title: 'The content has changed since you looked at it',
    fix: 'Look again and vote on the content_hash it has now.',
  },
  OUTPUT_NOT_RELEASED: {
    kind: 'conflict',
    title: 'The result has not been released',
    fix: 'Only released results can be fetched; a recalled one cannot any more.',
  },
  OUTPUT_SOURCE_MISSING: {
    kind: 'unprocessable',
    title: 'There is no result to take out',
    fix: 'Name a job of yours on the data that is done and whose result passed the disclosure gate.',
  },
});
export type OutputError = ErrorOf<typeof outputErrors>;
