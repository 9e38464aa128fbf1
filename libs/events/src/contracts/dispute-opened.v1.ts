import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { disputeTopic } from './topics.js';

export const DisputeOpenedV1 = defineEvent({
  type: 'hetao.contracts.dispute-opened.v1',
  topic: disputeTopic,
  summary: 'A party of an agreement says that the other does not keep it.',
  key: (data) => data.disputeId,
  schema: z.object({
    disputeId: id,
    agreementId: id,
    merchantId: id,
    buyerId: id,
    openedBy: z.enum(['merchant', 'buyer']),
    ground: z.enum(['delivery', 'quality', 'payment', 'use', 'other']),
    claim: text,
    openedAt: instant,
  }),
});

export type DisputeOpenedV1 = z.infer<typeof DisputeOpenedV1.schema>;
