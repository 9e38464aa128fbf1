import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { participantTopic } from './topics.js';

export const ParticipantEndedV1 = defineEvent({
  type: 'hetao.catalog.participant-ended.v1',
  topic: participantTopic,
  summary: 'An organisation takes part no longer. Stated before the suspension that says so to consumers of before.',
  key: (data) => data.participantId,
  schema: z.object({
    participantId: id,
    reason: text,
    endedAt: instant,
  }),
});

export type ParticipantEndedV1 = z.infer<typeof ParticipantEndedV1.schema>;
