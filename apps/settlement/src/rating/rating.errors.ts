import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why usage cannot be taken in. */
export const usageErrors = defineErrors({
  USAGE_PERIOD_CONFLICT: {
    kind: 'conflict',
    title: 'The usage of this agreement and period was told before with other totals',
    fix: 'Correct usage of a closed period by an adjustment in an open one.',
  },
  CHARGE_TOO_LARGE: {
    kind: 'unprocessable',
    title: 'A charge comes to more than 10^18 minor units',
    fix: 'Check the price of the component and the usage of its meter; correct the usage at metering.',
  },
  USAGE_OUT_OF_ORDER: {
    kind: 'conflict',
    title: 'A later period of this agreement was rated before',
    fix: 'Credit bought ahead is drawn period by period: correct usage of the earlier period by an adjustment.',
  },
});

export type UsageError = ErrorOf<typeof usageErrors>;
