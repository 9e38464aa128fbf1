import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, meter, quota } from '../shared/fields.js';
import { purposes } from '../shared/usage-policy.js';
import { entitlementTopic } from './topics.js';

export const EntitlementGrantedV1 = defineEvent({
  type: 'hetao.contracts.entitlement-granted.v1',
  topic: entitlementTopic,
  summary: 'A buyer may use a product within meters, quota, purposes and time.',
  key: (data) => data.entitlementId,
  schema: z.object({
    entitlementId: id,
    agreementId: id,
    productId: id,
    merchantId: id,
    buyerId: id,
    meters: z.array(meter).max(50),
    quota: quota.nullable(),
    purposes,
    validFrom: instant,
    validUntil: instant,
    grantedAt: instant,
  }),
});

export type EntitlementGrantedV1 = z.infer<typeof EntitlementGrantedV1.schema>;
