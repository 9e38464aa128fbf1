import { z } from 'zod';
import { defineEvent } from '../define-event.js';
import { id, instant, text } from '../shared/fields.js';
import { invoiceTopic } from './topics.js';

export const InvoiceVoidedV1 = defineEvent({
  type: 'hetao.settlement.invoice-voided.v1',
  topic: invoiceTopic,
  summary: 'An unpaid invoice was made void: nobody owes it, and its number stays used.',
  key: (data) => data.invoiceId,
  schema: z.object({ invoiceId: id, number: text, reason: text, voidedAt: instant }),
});

export type InvoiceVoidedV1 = z.infer<typeof InvoiceVoidedV1.schema>;
