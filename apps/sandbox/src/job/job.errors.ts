import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const jobErrors = defineErrors({
  JOB_UNKNOWN: { kind: 'not_found', title: 'No such job', fix: 'GET /v1/sandbox/jobs lists yours.' },
  JOB_CANNOT_NOW: {
    kind: 'conflict',
    title: 'The job cannot do that now',
    fix: 'GET /v1/sandbox/jobs/{id} shows how it stands.',
  },
  JOB_DRY_RUN_MISSING: {
    kind: 'conflict',
    title: 'The job has not run on the synthetic twin yet',
    fix: 'Send the same job with dry_run true first; once that is done, send it without.',
  },
  JOB_CODE_REFUSED: {
    kind: 'unprocessable',
    title: 'The code cannot be run',
    fix: 'Send JavaScript or TypeScript of at most 100,000 characters that defines function main(patient).',
  },
  JOB_COLUMN_UNKNOWN: {
    kind: 'unprocessable',
    title: 'The analysis names a column that is not there or not allowed there',
    fix: 'GET /v1/sandbox/enclaves/{id} lists tables, columns and what each may be used for.',
  },
  DATASET_CHANGED: {
    kind: 'unavailable',
    title: 'The data is not what was admitted',
    fix: 'Nothing is charged. The custodian compares the version’s files with their hashes, or admits a new version.',
  },
  JOB_CODE_NOT_LICENSED: {
    kind: 'forbidden',
    title: 'The agreement runs no code of your own',
    fix: 'Use SQL or a built-in analysis, or agree on own code.',
  },
});
export type JobError = ErrorOf<typeof jobErrors>;
