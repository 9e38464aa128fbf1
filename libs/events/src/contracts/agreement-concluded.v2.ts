import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, quota, sha256, timeZone } from '../shared/fields.js';
import { pricePlanV2Schema } from '../shared/price-plan-v2.js';
import { usagePolicySchema } from '../shared/usage-policy.js';
import { agreementTopic } from './topics.js';

export const AgreementConcludedV2 = defineEvent({
  type: 'hetao.contracts.agreement-concluded.v2',
  topic: agreementTopic,
  summary:
    'Both sides signed an agreement whose price plan is of the second form; who charges money holds to this one. Version ' +
    '1 follows in the same transaction where its form says the same price, and is not stated where it would say another.',
  key: (data) => data.agreementId,
  schema: z.object({
    agreementId: id,
    offerId: id,
    productId: id,
    merchantId: id,
    buyerId: id,
    channelPartnerId: id.nullable(),
    plan: pricePlanV2Schema,
    timeZone,
    policy: usagePolicySchema,
    quota: quota.nullable(),
    documentHash: sha256,
    effectiveFrom: instant,
    effectiveUntil: instant,
    concludedAt: instant,
  }),
});

export type AgreementConcludedV2 = z.infer<typeof AgreementConcludedV2.schema>;
