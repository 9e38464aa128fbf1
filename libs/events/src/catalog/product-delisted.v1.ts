import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { productTopic } from './topics.js';

export const ProductDelistedV1 = defineEvent({
  type: 'hetao.catalog.product-delisted.v1',
  topic: productTopic,
  summary: 'A data product was taken off the list.',
  key: (data) => data.productId,
  schema: z.object({
    productId: id,
    merchantId: id,
    reason: text,
    delistedAt: instant,
  }),
});

export type ProductDelistedV1 = z.infer<typeof ProductDelistedV1.schema>;
