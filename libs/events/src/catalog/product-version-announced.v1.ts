import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { count, id, instant } from '../shared/fields.js';
import { productTopic } from './topics.js';

export const ProductVersionAnnouncedV1 = defineEvent({
  type: 'hetao.catalog.product-version-announced.v1',
  topic: productTopic,
  summary: 'A listed data product gets a next version, and when; its buyers have the notice they were promised.',
  key: (data) => data.productId,
  schema: z.object({
    productId: id,
    merchantId: id,
    version: z.int().positive(),
    compatibility: z.enum(['breaking', 'compatible']),
    changes: count,
    announcedAt: instant,
    effectiveAt: instant,
  }),
});

export type ProductVersionAnnouncedV1 = z.infer<typeof ProductVersionAnnouncedV1.schema>;
