import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, localizedText } from '../shared/fields.js';
import { productTopic } from './topics.js';

export const ProductListedV1 = defineEvent({
  type: 'hetao.catalog.product-listed.v1',
  topic: productTopic,
  summary: 'A data product passed review and is on offer.',
  key: (data) => data.productId,
  schema: z.object({
    productId: id,
    merchantId: id,
    name: localizedText,
    kind: z.enum(['dataset', 'api', 'report', 'tool', 'model', 'compute']),
    version: z.int().positive(),
    listedAt: instant,
  }),
});

export type ProductListedV1 = z.infer<typeof ProductListedV1.schema>;
