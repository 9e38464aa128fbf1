import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { releaseTopic } from './topics.js';

export const ReleaseRevokedV1 = defineEvent({
  type: 'hetao.customs.release-revoked.v1',
  topic: releaseTopic,
  summary: 'Delivery under a release stops for good.',
  key: (data) => data.releaseId,
  schema: z.object({
    releaseId: id,
    declarationId: id,
    reason: text,
    revokedAt: instant,
  }),
});

export type ReleaseRevokedV1 = z.infer<typeof ReleaseRevokedV1.schema>;
