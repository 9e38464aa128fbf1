import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { releaseTopic } from './topics.js';

export const ReleaseResumedV1 = defineEvent({
  type: 'hetao.customs.release-resumed.v1',
  topic: releaseTopic,
  summary: 'Delivery under a suspended release may go on.',
  key: (data) => data.releaseId,
  schema: z.object({
    releaseId: id,
    declarationId: id,
    reason: text,
    resumedAt: instant,
  }),
});

export type ReleaseResumedV1 = z.infer<typeof ReleaseResumedV1.schema>;
