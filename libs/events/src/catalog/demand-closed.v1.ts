import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant } from '../shared/fields.js';
import { demandTopic } from './topics.js';

export const DemandClosedV1 = defineEvent({
  type: 'hetao.catalog.demand-closed.v1',
  topic: demandTopic,
  summary: 'A need is off the demand board.',
  key: (data) => data.demandId,
  schema: z.object({
    demandId: id,
    buyerId: id,
    outcome: z.enum(['met', 'withdrawn', 'expired', 'removed']),
    answerId: id.nullable(),
    closedAt: instant,
  }),
});

export type DemandClosedV1 = z.infer<typeof DemandClosedV1.schema>;
