import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, money, period } from '../shared/fields.js';
import { payoutTopic } from './topics.js';

export const PayoutInstructedV1 = defineEvent({
  type: 'hetao.settlement.payout-instructed.v1',
  topic: payoutTopic,
  summary: 'The bank was told to pay a party its share.',
  key: (data) => data.payoutId,
  schema: z.object({
    payoutId: id,
    period,
    beneficiaryId: id,
    amount: money,
    // ISO 20022 EndToEndId, Max35Text.
    endToEndId: z.string().min(1).max(35),
    instructedAt: instant,
  }),
});

export type PayoutInstructedV1 = z.infer<typeof PayoutInstructedV1.schema>;
