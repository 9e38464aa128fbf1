import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, meterTotal, money, period, text, timeZone } from '../shared/fields.js';
import { usagePeriodTopic } from './topics.js';

const totals = z.array(meterTotal).max(50);

export const UsageCorrectedV1 = defineEvent({
  type: 'hetao.metering.usage-corrected.v1',
  topic: usagePeriodTopic,
  summary:
    'Usage of a month that was closed is now counted otherwise: what the month was before and is after, and the later ' +
    'month in which the difference is charged. Comes before that month is stated closed for the agreement.',
  key: (data) => data.agreementId,
  schema: z.object({
    adjustmentId: id,
    correctionId: id,
    agreementId: id,
    productId: id,
    merchantId: id,
    buyerId: id,
    originalPeriodId: id,
    originalPeriod: period,
    adjustmentPeriod: period,
    timeZone,
    cause: z.enum(['void', 'replace', 'batch', 'late', 'revert']),
    revertsCorrectionId: id.nullable(),
    reason: text,
    before: totals,
    after: totals,
    netEffect: money.nullable(),
    appliedAt: instant,
  }),
});

export type UsageCorrectedV1 = z.infer<typeof UsageCorrectedV1.schema>;
