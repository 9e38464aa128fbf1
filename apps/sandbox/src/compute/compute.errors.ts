import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const computeErrors = defineErrors({
  QUERY_TIMED_OUT: {
    kind: 'unprocessable',
    title: 'The query took too long and was stopped',
    fix: 'Ask for fewer groups or a smaller part of the data.',
  },
  QUERY_OUT_OF_MEMORY: {
    kind: 'unprocessable',
    title: 'The query needed more memory than a worker has',
    fix: 'Ask for fewer groups or a smaller part of the data.',
  },
  CODE_FAILED: {
    kind: 'unprocessable',
    title: 'The code could not be run',
    fix: 'Define function main(patient) that gives a record, several or null; on the twin, detail says what went wrong.',
  },
  WORKER_FAILED: {
    kind: 'unavailable',
    title: 'The worker that ran this failed',
    fix: 'Nothing is charged. Send it again; if it fails again, tell the operator the job’s id.',
  },
});
export type ComputeError = ErrorOf<typeof computeErrors>;
