import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant } from '../shared/fields.js';
import { payoutTopic } from './topics.js';

export const PayoutSettledV1 = defineEvent({
  type: 'hetao.settlement.payout-settled.v1',
  topic: payoutTopic,
  summary: 'A bank statement line shows the payout was made.',
  key: (data) => data.payoutId,
  schema: z.object({
    payoutId: id,
    statementLineId: id,
    settledAt: instant,
  }),
});

export type PayoutSettledV1 = z.infer<typeof PayoutSettledV1.schema>;
