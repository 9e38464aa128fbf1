import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, meter, quantity } from '../shared/fields.js';
import { sandboxUsageTopic } from './topics.js';

export const ComputeUsedV1 = defineEvent({
  type: 'hetao.sandbox.compute-used.v1',
  topic: sandboxUsageTopic,
  summary:
    'Compute was used under an agreement and is owed: what was reserved is settled by this. Only meters the agreement ' +
    'names; failures of the house are never stated.',
  key: (data) => data.agreementId,
  schema: z.object({
    /** The job, session, training run or output; counted once. */
    useId: id,
    agreementId: id,
    enclaveId: id,
    quantities: z.array(z.object({ meter, quantity })).min(1).max(16),
    usedAt: instant,
  }),
});

export type ComputeUsedV1 = z.infer<typeof ComputeUsedV1.schema>;
