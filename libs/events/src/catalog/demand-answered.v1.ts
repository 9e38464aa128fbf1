import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant } from '../shared/fields.js';
import { demandTopic } from './topics.js';

export const DemandAnsweredV1 = defineEvent({
  type: 'hetao.catalog.demand-answered.v1',
  topic: demandTopic,
  summary: 'A merchant answered a need with a product of his.',
  key: (data) => data.demandId,
  schema: z.object({
    demandId: id,
    answerId: id,
    buyerId: id,
    merchantId: id,
    productId: id.nullable(),
    answeredAt: instant,
  }),
});

export type DemandAnsweredV1 = z.infer<typeof DemandAnsweredV1.schema>;
