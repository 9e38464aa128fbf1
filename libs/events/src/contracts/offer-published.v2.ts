import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { renewalTerms } from '../shared/agreement-terms.js';
import { anyPricePlanSchema } from '../shared/any-price-plan.js';
import { id, instant, quota, timeZone } from '../shared/fields.js';
import { usagePolicySchema } from '../shared/usage-policy.js';
import { offerTopic } from './topics.js';

export const OfferPublishedV2 = defineEvent({
  type: 'hetao.contracts.offer-published.v2',
  topic: offerTopic,
  summary:
    'A merchant offered a product, to everybody or to one buyer. Stated for every offer, and before version 1; ' +
    'version 1 is stated only of offers to everybody whose plan is of the first form or reads as one.',
  key: (data) => data.offerId,
  schema: z.object({
    offerId: id,
    productId: id,
    productVersion: z.int().positive(),
    merchantId: id,
    buyerId: id.nullable(),
    channelPartnerId: id.nullable(),
    plan: anyPricePlanSchema,
    timeZone,
    policy: usagePolicySchema,
    quota: quota.nullable(),
    termFrom: instant,
    termUntil: instant,
    noticeDays: z.int().min(0),
    renewal: renewalTerms.nullable(),
    validUntil: instant,
    publishedAt: instant,
  }),
});

export type OfferPublishedV2 = z.infer<typeof OfferPublishedV2.schema>;
