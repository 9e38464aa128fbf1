import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { count, id, instant, meterTotal, period, timeZone } from '../shared/fields.js';
import { usagePeriodTopic } from './topics.js';

export const UsagePeriodClosedV1 = defineEvent({
  type: 'hetao.metering.usage-period-closed.v1',
  topic: usagePeriodTopic,
  summary: 'A month of one agreement was counted for good: what settlement rates.',
  key: (data) => data.agreementId,
  schema: z.object({
    periodId: id,
    period,
    timeZone,
    agreementId: id,
    productId: id,
    merchantId: id,
    buyerId: id,
    totals: z.array(meterTotal).max(50),
    windows: count,
    closedAt: instant,
  }),
});

export type UsagePeriodClosedV1 = z.infer<typeof UsagePeriodClosedV1.schema>;
