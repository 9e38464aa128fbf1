import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { agreementTopic } from './topics.js';

export const AgreementSuspendedV1 = defineEvent({
  type: 'hetao.contracts.agreement-suspended.v1',
  topic: agreementTopic,
  summary: 'An agreement binds but rests: nothing may be used under it until it is resumed.',
  key: (data) => data.agreementId,
  schema: z.object({
    agreementId: id,
    productId: id,
    merchantId: id,
    buyerId: id,
    holder: z.enum(['merchant', 'buyer', 'operator', 'standing', 'dispute']),
    reason: text,
    suspendedAt: instant,
  }),
});

export type AgreementSuspendedV1 = z.infer<typeof AgreementSuspendedV1.schema>;
