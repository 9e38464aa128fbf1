import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { entitlementTopic } from './topics.js';

export const EntitlementSuspendedV1 = defineEvent({
  type: 'hetao.contracts.entitlement-suspended.v1',
  topic: entitlementTopic,
  summary: 'A buyer may not use a product until the entitlement is resumed; what was used before stands.',
  key: (data) => data.entitlementId,
  schema: z.object({
    entitlementId: id,
    agreementId: id,
    reason: text,
    suspendedAt: instant,
  }),
});

export type EntitlementSuspendedV1 = z.infer<typeof EntitlementSuspendedV1.schema>;
