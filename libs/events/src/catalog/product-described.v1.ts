import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, jurisdiction, localizedText, text } from '../shared/fields.js';
import { productTopic } from './topics.js';

export const ProductDescribedV1 = defineEvent({
  type: 'hetao.catalog.product-described.v1',
  topic: productTopic,
  summary: 'What a listed product holds and where it lies: what customs asks first.',
  key: (data) => data.productId,
  schema: z.object({
    productId: id,
    merchantId: id,
    version: z.int().positive(),
    name: localizedText,
    kind: z.enum(['dataset', 'api', 'report', 'tool', 'model', 'compute']),
    storedIn: jurisdiction,
    subjectsIn: z.array(jurisdiction).max(8),
    fields: z
      .array(
        z.object({
          name: text,
          meaning: text,
          personal: z.boolean(),
          sensitive: z.boolean(),
          health: z.boolean(),
          gene: z.boolean(),
          minor: z.boolean(),
          exportReason: text.nullable(),
        }),
      )
      .max(500),
    describedAt: instant,
  }),
});

export type ProductDescribedV1 = z.infer<typeof ProductDescribedV1.schema>;
