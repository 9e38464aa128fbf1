import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { productTopic } from './topics.js';

export const ProductSuspendedV1 = defineEvent({
  type: 'hetao.catalog.product-suspended.v1',
  topic: productTopic,
  summary:
    'A listed data product is off the market until it is resumed. Stated before the delisting that says so to consumers of before.',
  key: (data) => data.productId,
  schema: z.object({
    productId: id,
    merchantId: id,
    reason: text,
    suspendedAt: instant,
  }),
});

export type ProductSuspendedV1 = z.infer<typeof ProductSuspendedV1.schema>;
