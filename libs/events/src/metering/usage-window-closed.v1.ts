import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, meterTotal } from '../shared/fields.js';
import { usageWindowTopic } from './topics.js';

export const UsageWindowClosedV1 = defineEvent({
  type: 'hetao.metering.usage-window-closed.v1',
  topic: usageWindowTopic,
  summary: 'An hour of one agreement was counted for good.',
  key: (data) => data.agreementId,
  schema: z.object({
    windowId: id,
    agreementId: id,
    windowStart: instant,
    windowEnd: instant,
    totals: z.array(meterTotal).max(50),
    closedAt: instant,
  }),
});

export type UsageWindowClosedV1 = z.infer<typeof UsageWindowClosedV1.schema>;
