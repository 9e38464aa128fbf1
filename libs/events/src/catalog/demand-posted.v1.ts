import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { demandTopic } from './topics.js';

export const DemandPostedV1 = defineEvent({
  type: 'hetao.catalog.demand-posted.v1',
  topic: demandTopic,
  summary: 'A buyer posted what he needs on the demand board.',
  key: (data) => data.demandId,
  schema: z.object({
    demandId: id,
    buyerId: id,
    title: text,
    kinds: z.array(z.enum(['dataset', 'api', 'report', 'tool', 'model', 'compute'])).max(6),
    openUntil: instant,
    postedAt: instant,
  }),
});

export type DemandPostedV1 = z.infer<typeof DemandPostedV1.schema>;
