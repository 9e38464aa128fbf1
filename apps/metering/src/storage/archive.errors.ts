import { defineErrors } from '@hetao/kernel';

export const archiveErrors = defineErrors({
  ARCHIVE_NOT_CONFIGURED: {
    kind: 'precondition_failed',
    title: 'This exchange keeps no archive of usage',
    fix: 'Set METERING_ARCHIVE_DIR to a folder that is kept, and start metering again.',
  },
  ARCHIVE_NOT_FOUND: {
    kind: 'not_found',
    title: 'There is no archive of that day',
    fix: 'List the archives with GET /v1/usage/archives.',
  },
  ARCHIVE_DAMAGED: {
    kind: 'conflict',
    title: 'The archive is not what was written',
    fix: 'Bring the file back from a copy whose SHA-256 is the one in the list, then try again.',
  },
  ARCHIVE_INCOMPLETE: {
    kind: 'conflict',
    title: 'The day does not add up, so it is neither archived nor dropped',
    fix: 'Look at GET /v1/usage/completeness for the day: events were accepted that are not stored.',
  },
  ARCHIVE_STILL_HERE: {
    kind: 'conflict',
    title: 'The day is still in the database',
    fix: 'Nothing has to be restored.',
  },
});
