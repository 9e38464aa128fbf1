import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, jurisdiction, localizedText } from '../shared/fields.js';
import { roles } from './roles.js';
import { participantTopic } from './topics.js';

export const ParticipantRegisteredV1 = defineEvent({
  type: 'hetao.catalog.participant-registered.v1',
  topic: participantTopic,
  summary: 'An organisation asked to take part.',
  key: (data) => data.participantId,
  schema: z.object({
    participantId: id,
    name: localizedText,
    jurisdiction,
    roles,
    registeredAt: instant,
  }),
});

export type ParticipantRegisteredV1 = z.infer<typeof ParticipantRegisteredV1.schema>;
