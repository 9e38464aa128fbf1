import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why an invoice cannot be shown, made, paid or taken back. */
export const invoiceErrors = defineErrors({
  INVOICE_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such invoice',
    fix: 'List your invoices with GET /v1/invoices and use an id from there.',
  },
  INVOICE_LINE_NOT_FOUND: {
    kind: 'not_found',
    title: 'The invoice has no such line',
    fix: 'Read the invoice with GET /v1/invoices/{id} and use the line_no of one of its lines.',
  },
  INVOICE_NOT_PAYABLE: {
    kind: 'conflict',
    title: 'The invoice cannot be paid with this amount or not any more',
    fix: 'Pay at most what is outstanding, in the currency of the invoice; keep anything above it on the buyer’s account.',
  },
  INVOICE_NOT_CREDITABLE: {
    kind: 'conflict',
    title: 'This cannot be taken back from the invoice',
    fix: 'Take back at most what is left of the invoice and of each of its lines, more than nothing, and not of a void invoice.',
  },
  INVOICE_NOT_VOIDABLE: {
    kind: 'conflict',
    title: 'The invoice cannot be made void',
    fix: 'Only an issued invoice of an open period without payments and credit notes can be void; use a credit note for any other.',
  },
  PAYMENT_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such payment stands on the invoice',
    fix: 'Name the bank line of a payment that was not taken back before.',
  },
  REFUND_OF_REFUND: {
    kind: 'conflict',
    title: 'A credit note cannot itself be credited',
    fix: 'If the credit note was wrong, charge the amount again with the next invoice of the agreement.',
  },
});

export type InvoiceError = ErrorOf<typeof invoiceErrors>;
