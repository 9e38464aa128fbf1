import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant } from '../shared/fields.js';
import { productTopic } from './topics.js';

export const ProductResumedV1 = defineEvent({
  type: 'hetao.catalog.product-resumed.v1',
  topic: productTopic,
  summary:
    'A suspended data product is on the market again. Stated before the listing that says so to consumers of before.',
  key: (data) => data.productId,
  schema: z.object({
    productId: id,
    merchantId: id,
    resumedAt: instant,
  }),
});

export type ProductResumedV1 = z.infer<typeof ProductResumedV1.schema>;
