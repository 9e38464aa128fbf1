import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { date, id, instant, money, period } from '../shared/fields.js';
import { invoiceTopic } from './topics.js';

export const InvoiceIssuedV1 = defineEvent({
  type: 'hetao.settlement.invoice-issued.v1',
  topic: invoiceTopic,
  summary: 'An invoice was sent to a buyer.',
  key: (data) => data.invoiceId,
  schema: z.object({
    invoiceId: id,
    number: z.string().min(1).max(64),
    period,
    agreementId: id,
    merchantId: id,
    buyerId: id,
    net: money,
    tax: money,
    gross: money,
    dueDate: date,
    issuedAt: instant,
  }),
});

export type InvoiceIssuedV1 = z.infer<typeof InvoiceIssuedV1.schema>;
