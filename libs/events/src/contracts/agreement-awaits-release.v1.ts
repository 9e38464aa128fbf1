import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, jurisdiction, sha256, text } from '../shared/fields.js';
import { agreementTopic } from './topics.js';

export const AgreementAwaitsReleaseV1 = defineEvent({
  type: 'hetao.contracts.agreement-awaits-release.v1',
  topic: agreementTopic,
  summary: 'Both sides signed, and the data would cross a border: no access before customs releases it.',
  key: (data) => data.agreementId,
  schema: z.object({
    agreementId: id,
    productId: id,
    merchantId: id,
    buyerId: id,
    origin: jurisdiction,
    destination: jurisdiction,
    purpose: text,
    documentHash: sha256,
    effectiveFrom: instant,
    effectiveUntil: instant,
    signedAt: instant,
  }),
});

export type AgreementAwaitsReleaseV1 = z.infer<typeof AgreementAwaitsReleaseV1.schema>;
