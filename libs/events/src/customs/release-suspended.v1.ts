import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { releaseTopic } from './topics.js';

export const ReleaseSuspendedV1 = defineEvent({
  type: 'hetao.customs.release-suspended.v1',
  topic: releaseTopic,
  summary: 'Delivery under a release stops until it is resumed.',
  key: (data) => data.releaseId,
  schema: z.object({
    releaseId: id,
    declarationId: id,
    reason: text,
    suspendedAt: instant,
  }),
});

export type ReleaseSuspendedV1 = z.infer<typeof ReleaseSuspendedV1.schema>;
