import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant } from '../shared/fields.js';
import { pricePlanSchema } from '../shared/price-plan.js';
import { usagePolicySchema } from '../shared/usage-policy.js';
import { offerTopic } from './topics.js';

export const OfferPublishedV1 = defineEvent({
  type: 'hetao.contracts.offer-published.v1',
  topic: offerTopic,
  summary: 'A merchant offered a product at a price plan under a usage policy.',
  key: (data) => data.offerId,
  schema: z.object({
    offerId: id,
    productId: id,
    merchantId: id,
    plan: pricePlanSchema,
    policy: usagePolicySchema,
    validUntil: instant,
    publishedAt: instant,
  }),
});

export type OfferPublishedV1 = z.infer<typeof OfferPublishedV1.schema>;
