import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, money } from '../shared/fields.js';
import { invoiceTopic } from './topics.js';

export const InvoicePaidV1 = defineEvent({
  type: 'hetao.settlement.invoice-paid.v1',
  topic: invoiceTopic,
  summary: 'A bank statement line paid an invoice.',
  key: (data) => data.invoiceId,
  schema: z.object({
    invoiceId: id,
    paid: money,
    statementLineId: id,
    paidAt: instant,
  }),
});

export type InvoicePaidV1 = z.infer<typeof InvoicePaidV1.schema>;
