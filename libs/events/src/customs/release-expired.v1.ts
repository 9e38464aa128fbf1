import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant } from '../shared/fields.js';
import { releaseTopic } from './topics.js';

export const ReleaseExpiredV1 = defineEvent({
  type: 'hetao.customs.release-expired.v1',
  topic: releaseTopic,
  summary: 'The time of a release is over. Delivery ended with its date; this only says that customs closed the book.',
  key: (data) => data.releaseId,
  schema: z.object({
    releaseId: id,
    declarationId: id,
    validUntil: instant,
    expiredAt: instant,
  }),
});

export type ReleaseExpiredV1 = z.infer<typeof ReleaseExpiredV1.schema>;
