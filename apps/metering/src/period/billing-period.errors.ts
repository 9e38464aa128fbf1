import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const billingPeriodErrors = defineErrors({
  USAGE_PERIOD_INVALID: {
    kind: 'invalid',
    title: 'Not a period',
    fix: 'Name a calendar month as YYYY-MM, such as 2015-05.',
  },
  USAGE_TIME_ZONE_UNKNOWN: {
    kind: 'invalid',
    title: 'No such time zone',
    fix: 'Send an IANA name such as Asia/Shanghai, Asia/Hong_Kong or UTC.',
  },
  USAGE_TIME_ZONE_UNSUPPORTED: {
    kind: 'unprocessable',
    title: 'This month of the time zone cannot be made of quarter hours',
    fix: 'Close the period in another zone: usage is summed by the quarter hour, and this month begins or ends between two.',
  },
  USAGE_PERIOD_NOT_ENDED: {
    kind: 'conflict',
    title: 'The period has not ended yet',
    fix: 'Close it after its end; usage that happens until then belongs to it.',
  },
  USAGE_PERIOD_CLOSED_IN_OTHER_ZONE: {
    kind: 'conflict',
    title: 'The period was closed in another time zone',
    fix: 'A period is closed once. Read its state at GET /v1/usage/periods/{period} and use its time zone.',
  },
  USAGE_PERIOD_NOT_COUNTED: {
    kind: 'conflict',
    title: 'Usage of before the closing waits to be counted',
    fix: 'Close the period again in a moment; it goes on where it is. If the number does not fall, look at what reads the log of usage (hetao_consumer_lag).',
  },
  USAGE_PERIOD_NOT_ADJACENT: {
    kind: 'conflict',
    title: 'The period would overlap a closed one or leave a gap to it',
    fix: 'Close neighbouring months in one time zone, so that every hour belongs to exactly one period.',
  },
});

export type BillingPeriodError = ErrorOf<typeof billingPeriodErrors>;
