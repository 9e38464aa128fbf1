import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, money, period, text } from '../shared/fields.js';
import { invoiceTopic } from './topics.js';

export const CreditNoteIssuedV1 = defineEvent({
  type: 'hetao.settlement.credit-note-issued.v1',
  topic: invoiceTopic,
  summary: 'A credit note took an invoice back, wholly or in part; what was paid of it is owed back to the buyer.',
  key: (data) => data.invoiceId,
  schema: z.object({
    creditNoteId: id,
    number: text,
    invoiceId: id,
    period,
    merchantId: id,
    buyerId: id,
    net: money,
    tax: money,
    gross: money,
    refund: money,
    reason: text,
    issuedAt: instant,
  }),
});

export type CreditNoteIssuedV1 = z.infer<typeof CreditNoteIssuedV1.schema>;
