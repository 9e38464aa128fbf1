import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, quota, sha256 } from '../shared/fields.js';
import { pricePlanSchema } from '../shared/price-plan.js';
import { usagePolicySchema } from '../shared/usage-policy.js';
import { agreementTopic } from './topics.js';

export const AgreementConcludedV1 = defineEvent({
  type: 'hetao.contracts.agreement-concluded.v1',
  topic: agreementTopic,
  summary: 'Both sides signed; the agreement binds from effectiveFrom.',
  key: (data) => data.agreementId,
  schema: z.object({
    agreementId: id,
    offerId: id,
    productId: id,
    merchantId: id,
    buyerId: id,
    channelPartnerId: id.nullable(),
    plan: pricePlanSchema,
    policy: usagePolicySchema,
    quota: quota.nullable(),
    documentHash: sha256,
    effectiveFrom: instant,
    effectiveUntil: instant,
    concludedAt: instant,
  }),
});

export type AgreementConcludedV1 = z.infer<typeof AgreementConcludedV1.schema>;
