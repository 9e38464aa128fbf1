import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { participantTopic } from './topics.js';

export const ParticipantSuspendedV1 = defineEvent({
  type: 'hetao.catalog.participant-suspended.v1',
  topic: participantTopic,
  summary: 'The operator stopped an organisation from taking part.',
  key: (data) => data.participantId,
  schema: z.object({
    participantId: id,
    reason: text,
    suspendedAt: instant,
  }),
});

export type ParticipantSuspendedV1 = z.infer<typeof ParticipantSuspendedV1.schema>;
