import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { entitlementTopic } from './topics.js';

export const EntitlementRevokedV1 = defineEvent({
  type: 'hetao.contracts.entitlement-revoked.v1',
  topic: entitlementTopic,
  summary: 'A buyer may no longer use a product.',
  key: (data) => data.entitlementId,
  schema: z.object({
    entitlementId: id,
    agreementId: id,
    reason: text,
    revokedAt: instant,
  }),
});

export type EntitlementRevokedV1 = z.infer<typeof EntitlementRevokedV1.schema>;
