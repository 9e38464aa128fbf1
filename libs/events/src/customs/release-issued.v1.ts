import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { count, id, instant, sha256, text } from '../shared/fields.js';
import { releaseTopic } from './topics.js';

export const ReleaseIssuedV1 = defineEvent({
  type: 'hetao.customs.release-issued.v1',
  topic: releaseTopic,
  summary: 'Data may cross a border: what, to whom, for what, how much and until when.',
  key: (data) => data.releaseId,
  schema: z.object({
    releaseId: id,
    declarationId: id,
    exporterId: id,
    recipientId: id,
    productId: id.nullable(),
    agreementId: id.nullable(),
    pathway: text,
    ruleId: text,
    ruleSetId: text,
    ruleSetVersion: text,
    factsSha256: sha256,
    officialReference: text,
    scope: z.object({
      purpose: text,
      fields: z.array(text).min(1).max(500),
      destination: text,
      onward: z.boolean(),
    }),
    quota: z.object({ general: count.nullable(), sensitive: count.nullable() }),
    validFrom: instant,
    validUntil: instant,
    token: z.string().min(1).max(64_000),
    issuedAt: instant,
  }),
});

export type ReleaseIssuedV1 = z.infer<typeof ReleaseIssuedV1.schema>;
