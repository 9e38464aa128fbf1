import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why an invoice cannot be shown, made or paid. */
export const invoiceErrors = defineErrors({
  INVOICE_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such invoice',
    fix: 'List your invoices with GET /v1/invoices and use an id from there.',
  },
  INVOICE_NOT_PAYABLE: {
    kind: 'conflict',
    title: 'The invoice cannot be paid with this amount or not any more',
    fix: 'Pay an issued invoice once, with exactly its gross amount in its currency.',
  },
});

export type InvoiceError = ErrorOf<typeof invoiceErrors>;
