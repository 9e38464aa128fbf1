import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { disputeTopic } from './topics.js';

export const DisputeClosedV1 = defineEvent({
  type: 'hetao.contracts.dispute-closed.v1',
  topic: disputeTopic,
  summary: 'A dispute about an agreement is over: settled between the parties, taken back, or decided.',
  key: (data) => data.disputeId,
  schema: z.object({
    disputeId: id,
    agreementId: id,
    merchantId: id,
    buyerId: id,
    outcome: z.enum(['settled', 'withdrawn', 'upheld', 'rejected']),
    remedy: z.enum(['none', 'suspend', 'terminate']),
    reason: text,
    closedAt: instant,
  }),
});

export type DisputeClosedV1 = z.infer<typeof DisputeClosedV1.schema>;
