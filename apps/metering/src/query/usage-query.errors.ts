import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const usageQueryErrors = defineErrors({
  USAGE_QUERY_INVALID: {
    kind: 'invalid',
    title: 'Usage cannot be asked for so',
    fix: 'Correct what the pointer names: from before to, a window that exists, a dimension the meter names or a JSON pointer.',
  },
  USAGE_QUERY_TOO_LARGE: {
    kind: 'unprocessable',
    title: 'The answer would be too large',
    fix: 'Ask for a shorter time, longer windows or fewer groups, or export the records.',
  },
  USAGE_QUERY_TOO_SLOW: {
    kind: 'unavailable',
    title: 'The question takes too long to answer',
    fix: 'Ask for a shorter time; sums by hour, day and month without groups and filters are kept ready and always fast.',
  },
  USAGE_TAILS_EXHAUSTED: {
    kind: 'rate_limited',
    title: 'Too many live tails are open',
    fix: 'Close one of them, or wait: each ends by itself after ten minutes.',
  },
});

export type UsageQueryError = ErrorOf<typeof usageQueryErrors>;
