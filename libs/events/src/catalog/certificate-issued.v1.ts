import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { date, id, instant } from '../shared/fields.js';
import { certificateTopic } from './topics.js';

export const CertificateIssuedV1 = defineEvent({
  type: 'hetao.catalog.certificate-issued.v1',
  topic: certificateTopic,
  summary: 'The exchange certified a participant or a listing; the number is verified at /v1/certificates.',
  key: (data) => data.number,
  schema: z.object({
    number: z.string().min(1).max(64),
    kind: z.enum(['participant', 'listing']),
    subjectId: id,
    holderId: id,
    validUntil: date,
    issuedAt: instant,
  }),
});

export type CertificateIssuedV1 = z.infer<typeof CertificateIssuedV1.schema>;
