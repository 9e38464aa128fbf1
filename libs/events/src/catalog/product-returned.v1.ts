import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { productTopic } from './topics.js';

export const ProductReturnedV1 = defineEvent({
  type: 'hetao.catalog.product-returned.v1',
  topic: productTopic,
  summary: 'The exchange gave a data product back to be mended.',
  key: (data) => data.productId,
  schema: z.object({
    productId: id,
    merchantId: id,
    reason: text,
    returnedAt: instant,
  }),
});

export type ProductReturnedV1 = z.infer<typeof ProductReturnedV1.schema>;
