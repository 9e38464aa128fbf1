import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why usage cannot be taken in. */
export const usageErrors = defineErrors({
  USAGE_PERIOD_CONFLICT: {
    kind: 'conflict',
    title: 'The usage of this agreement and period was told before with other totals',
    fix: 'Correct usage of a closed period by an adjustment in an open one.',
  },
});

export type UsageError = ErrorOf<typeof usageErrors>;
