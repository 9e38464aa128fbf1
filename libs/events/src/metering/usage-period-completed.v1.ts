import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { count, instant, period, timeZone } from '../shared/fields.js';
import { usagePeriodTopic } from './topics.js';

export const UsagePeriodCompletedV1 = defineEvent({
  type: 'hetao.metering.usage-period-completed.v1',
  topic: usagePeriodTopic,
  summary: 'Every agreement with usage in the month was closed; says how many to expect.',
  key: (data) => data.period,
  schema: z.object({
    period,
    timeZone,
    agreements: count,
    closedAt: instant,
  }),
});

export type UsagePeriodCompletedV1 = z.infer<typeof UsagePeriodCompletedV1.schema>;
