import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, localizedText } from '../shared/fields.js';
import { productTopic } from './topics.js';

export const ProductSubmittedV1 = defineEvent({
  type: 'hetao.catalog.product-submitted.v1',
  topic: productTopic,
  summary: 'A merchant handed a data product in; the exchange reviews it.',
  key: (data) => data.productId,
  schema: z.object({
    productId: id,
    merchantId: id,
    name: localizedText,
    kind: z.enum(['dataset', 'api', 'report', 'tool', 'model', 'compute']),
    version: z.int().positive(),
    submittedAt: instant,
  }),
});

export type ProductSubmittedV1 = z.infer<typeof ProductSubmittedV1.schema>;
