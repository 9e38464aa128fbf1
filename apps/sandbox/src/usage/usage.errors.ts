import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const usageErrors = defineErrors({
  COMPUTE_ALLOWANCE_USED_UP: {
    kind: 'conflict',
    title: 'The agreement’s compute is used up or reserved',
    fix: 'Wait for running jobs to end and give back what they do not use, or agree on more.',
  },
});
export type UsageError = ErrorOf<typeof usageErrors>;
