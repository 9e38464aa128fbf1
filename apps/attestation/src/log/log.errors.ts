import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about the log. */
export const logErrors = defineErrors({
  LEAF_UNKNOWN: {
    kind: 'not_found',
    title: 'No such leaf',
    fix: 'Ask for a leaf below the size of the checkpoint; GET /v1/attestation-log/checkpoint shows it.',
  },
  LOG_SIZE_UNKNOWN: {
    kind: 'unprocessable',
    title: 'The log never had, or has not yet, this size',
    fix: 'Give sizes between 1 and that of the checkpoint, the smaller one first.',
  },
  RECEIPT_NOT_READY: {
    kind: 'conflict',
    title: 'No checkpoint covers the entry yet',
    fix: 'Ask again in a moment; with witnessed=true the other node must have looked first.',
  },
  LOG_DAMAGED: {
    kind: 'unavailable',
    title: 'The stored log contradicts its own checkpoint',
    fix: 'Do not restart with an empty log. Restore the database and compare with the last checkpoint that witnesses hold.',
  },
});

export type LogError = ErrorOf<typeof logErrors>;
