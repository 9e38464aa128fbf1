import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, sha256 } from '../shared/fields.js';
import { agreementTopic } from './topics.js';

export const AgreementSupersededV1 = defineEvent({
  type: 'hetao.contracts.agreement-superseded.v1',
  topic: agreementTopic,
  summary:
    'Another agreement of the same two parties took the place of this one: what is used from now on is used under the ' +
    'other. Where this one still bound, agreement-ended follows in the same transaction.',
  key: (data) => data.agreementId,
  schema: z.object({
    agreementId: id,
    supersededBy: id,
    kind: z.enum(['amendment', 'renewal']),
    documentHash: sha256,
    supersededAt: instant,
  }),
});

export type AgreementSupersededV1 = z.infer<typeof AgreementSupersededV1.schema>;
