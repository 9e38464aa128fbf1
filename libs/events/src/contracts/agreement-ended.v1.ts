import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant } from '../shared/fields.js';
import { agreementTopic } from './topics.js';

export const AgreementEndedV1 = defineEvent({
  type: 'hetao.contracts.agreement-ended.v1',
  topic: agreementTopic,
  summary: 'An agreement no longer binds.',
  key: (data) => data.agreementId,
  schema: z.object({
    agreementId: id,
    reason: z.enum(['ended', 'expired', 'terminated']),
    endedAt: instant,
  }),
});

export type AgreementEndedV1 = z.infer<typeof AgreementEndedV1.schema>;
