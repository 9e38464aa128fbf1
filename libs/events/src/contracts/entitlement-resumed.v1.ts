import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant } from '../shared/fields.js';
import { entitlementTopic } from './topics.js';

export const EntitlementResumedV1 = defineEvent({
  type: 'hetao.contracts.entitlement-resumed.v1',
  topic: entitlementTopic,
  summary: 'A buyer may use a product again, as it was granted.',
  key: (data) => data.entitlementId,
  schema: z.object({
    entitlementId: id,
    agreementId: id,
    resumedAt: instant,
  }),
});

export type EntitlementResumedV1 = z.infer<typeof EntitlementResumedV1.schema>;
