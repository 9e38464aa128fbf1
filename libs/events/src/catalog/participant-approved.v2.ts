import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { currency, date, id, instant, jurisdiction, localizedText, text } from '../shared/fields.js';
import { allRoles } from './roles.js';
import { participantTopic } from './topics.js';

export const ParticipantApprovedV2 = defineEvent({
  type: 'hetao.catalog.participant-approved.v2',
  topic: participantTopic,
  summary:
    'The operator let an organisation take part, with every role it has and its certificate. Stated before version 1, which leaves the roles of third-party bodies out.',
  key: (data) => data.participantId,
  schema: z.object({
    participantId: id,
    name: localizedText,
    jurisdiction,
    roles: allRoles,
    approvedAt: instant,
    approvedBy: text,
    homeCurrency: currency,
    certificateNumber: z.string().min(1).max(64),
    certificateValidUntil: date,
  }),
});

export type ParticipantApprovedV2 = z.infer<typeof ParticipantApprovedV2.schema>;
