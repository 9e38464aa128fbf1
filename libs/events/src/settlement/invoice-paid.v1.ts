import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant } from '../shared/fields.js';
import { moneySchema } from '../shared/money.js';
import { invoiceTopic } from './topics.js';

export const InvoicePaidV1 = defineEvent({
  type: 'hetao.settlement.invoice-paid.v1',
  topic: invoiceTopic,
  summary: 'A bank statement line paid an invoice.',
  key: (data) => data.invoiceId,
  schema: z.object({
    invoiceId: id,
    paid: moneySchema,
    statementLineId: id,
    paidAt: instant,
  }),
});

export type InvoicePaidV1 = z.infer<typeof InvoicePaidV1.schema>;
