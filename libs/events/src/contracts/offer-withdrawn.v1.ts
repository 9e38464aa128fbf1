import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant } from '../shared/fields.js';
import { offerTopic } from './topics.js';

export const OfferWithdrawnV1 = defineEvent({
  type: 'hetao.contracts.offer-withdrawn.v1',
  topic: offerTopic,
  summary: 'A merchant withdrew an offer; agreements from it stand.',
  key: (data) => data.offerId,
  schema: z.object({
    offerId: id,
    productId: id,
    merchantId: id,
    withdrawnAt: instant,
  }),
});

export type OfferWithdrawnV1 = z.infer<typeof OfferWithdrawnV1.schema>;
