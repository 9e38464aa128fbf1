import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { productTopic } from './topics.js';

export const ProductRefusedV1 = defineEvent({
  type: 'hetao.catalog.product-refused.v1',
  topic: productTopic,
  summary: 'A data product is never listed; the article of the rule is named.',
  key: (data) => data.productId,
  schema: z.object({
    productId: id,
    merchantId: id,
    article: text,
    reason: text,
    refusedAt: instant,
  }),
});

export type ProductRefusedV1 = z.infer<typeof ProductRefusedV1.schema>;
