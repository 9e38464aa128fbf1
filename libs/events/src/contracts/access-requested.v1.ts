import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant } from '../shared/fields.js';
import { accessRequestTopic } from './topics.js';

export const AccessRequestedV1 = defineEvent({
  type: 'hetao.contracts.access-requested.v1',
  topic: accessRequestTopic,
  summary:
    'Somebody asked a merchant for access under an offer; `buyerId` is null while nobody here speaks for a peer.',
  key: (data) => data.requestId,
  schema: z.object({
    requestId: id,
    offerId: id,
    productId: id,
    merchantId: id,
    buyerId: id.nullable(),
    requestedAt: instant,
  }),
});

export type AccessRequestedV1 = z.infer<typeof AccessRequestedV1.schema>;
