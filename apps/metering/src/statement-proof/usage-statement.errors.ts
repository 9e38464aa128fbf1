import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const usageStatementErrors = defineErrors({
  USAGE_STATEMENT_WINDOW_INVALID: {
    kind: 'invalid',
    title: 'No statement can be signed for this window',
    fix: 'Name a window that begins before it ends and has ended; usage that still comes would change it.',
  },
  USAGE_STATEMENT_TOO_LARGE: {
    kind: 'unprocessable',
    title: 'The window holds too many events for one statement',
    fix: 'Ask for statements of shorter windows; side by side they prove the same.',
  },
  USAGE_STATEMENT_UNKNOWN: {
    kind: 'not_found',
    title: 'There is no such usage statement',
    fix: 'List the statements of an agreement at GET /v1/usage/statements.',
  },
  USAGE_EVENT_NOT_IN_STATEMENT: {
    kind: 'not_found',
    title: 'The statement does not count this event',
    fix: 'Compare source and id with the event as it was sent; a later statement may count it.',
  },
});

export type UsageStatementError = ErrorOf<typeof usageStatementErrors>;
