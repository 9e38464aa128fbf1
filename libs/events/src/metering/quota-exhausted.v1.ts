import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, meter, quantity } from '../shared/fields.js';
import { quotaTopic } from './topics.js';

export const QuotaExhaustedV1 = defineEvent({
  type: 'hetao.metering.quota-exhausted.v1',
  topic: quotaTopic,
  summary: 'An agreement used up its quota; further usage is refused.',
  key: (data) => data.agreementId,
  schema: z.object({
    agreementId: id,
    meter,
    limit: quantity,
    used: quantity,
    exhaustedAt: instant,
  }),
});

export type QuotaExhaustedV1 = z.infer<typeof QuotaExhaustedV1.schema>;
