import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { currency, id, instant, jurisdiction, localizedText, text } from '../shared/fields.js';
import { roles } from './roles.js';
import { participantTopic } from './topics.js';

const bankField = z.string().min(1).max(64);

export const ParticipantApprovedV1 = defineEvent({
  type: 'hetao.catalog.participant-approved.v1',
  topic: participantTopic,
  summary: 'The operator let an organisation take part.',
  key: (data) => data.participantId,
  schema: z.object({
    participantId: id,
    name: localizedText,
    jurisdiction,
    roles,
    approvedAt: instant,
    approvedBy: text,
    homeCurrency: currency,
    bankAccount: z
      .object({
        iban: bankField.optional(),
        accountNumber: bankField.optional(),
        name: text,
        bic: bankField.optional(),
      })
      .nullable(),
  }),
});

export type ParticipantApprovedV1 = z.infer<typeof ParticipantApprovedV1.schema>;
