import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant } from '../shared/fields.js';
import { accessRequestTopic } from './topics.js';

export const AccessAnsweredV1 = defineEvent({
  type: 'hetao.contracts.access-answered.v1',
  topic: accessRequestTopic,
  summary:
    'What came first of a request for access: the merchant agreed, offered something else or declined; or the buyer took ' +
    'it back, or its time ran out, before the merchant said anything. Stated once a request.',
  key: (data) => data.requestId,
  schema: z.object({
    requestId: id,
    productId: id,
    merchantId: id,
    answer: z.enum(['agreed', 'countered', 'declined', 'withdrawn', 'expired']),
    requestedAt: instant,
    answeredAt: instant,
  }),
});

export type AccessAnsweredV1 = z.infer<typeof AccessAnsweredV1.schema>;
