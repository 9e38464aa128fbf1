import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant } from '../shared/fields.js';
import { agreementTopic } from './topics.js';

export const AgreementResumedV1 = defineEvent({
  type: 'hetao.contracts.agreement-resumed.v1',
  topic: agreementTopic,
  summary: 'Nothing holds a suspended agreement back any more.',
  key: (data) => data.agreementId,
  schema: z.object({
    agreementId: id,
    productId: id,
    merchantId: id,
    buyerId: id,
    resumedAt: instant,
  }),
});

export type AgreementResumedV1 = z.infer<typeof AgreementResumedV1.schema>;
