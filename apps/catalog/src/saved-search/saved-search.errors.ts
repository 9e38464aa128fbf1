import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What can be refused about searches that are kept. */
export const savedSearchErrors = defineErrors({
  SAVED_SEARCH_UNKNOWN: {
    kind: 'not_found',
    title: 'No such saved search',
    fix: 'GET /v1/saved-searches lists yours.',
  },
  SAVED_SEARCH_TOO_MANY: {
    kind: 'conflict',
    title: 'You keep as many searches as one may',
    fix: 'Delete one that you no longer need.',
  },
});

export type SavedSearchError = ErrorOf<typeof savedSearchErrors>;
