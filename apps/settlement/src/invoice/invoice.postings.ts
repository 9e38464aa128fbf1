import type { Currency } from '@hetao/kernel';
import { credit, debit, exchangeOwner, type AccountKind, type Leg, type Posting } from '../ledger/ledger.js';
import type { Invoice, InvoiceShare, PaidInvoice } from './invoice.js';

const KIND_OF_SHARE = {
  merchant: 'payable:merchant',
  channel: 'payable:channel',
  exchange: 'revenue:exchange_fee',
  tax: 'tax_payable',
} as const satisfies Record<InvoiceShare['share'], AccountKind>;

/** The buyer owes; nobody is owed yet. Effective at the period's last instant, whenever the invoice is written. */
export function issuedPosting(invoice: Invoice, periodEndsAt: Date): Posting {
  const { invoiceId, buyerId, currency, grossMinor, period } = invoice;
  return {
    idempotencyKey: `invoice_issued:${invoiceId}`,
    movement: 'invoice_issued',
    effectiveAt: new Date(periodEndsAt.getTime() - 1),
    period,
    reference: { kind: 'invoice', id: invoiceId },
    legs: [
      debit({ owner: buyerId, kind: 'receivable:buyer', currency }, grossMinor),
      credit(ofExchange('clearing:invoiced', currency), grossMinor),
    ],
  };
}

/** The money that arrived settles what the buyer owed, and only now is owed to those it is for. */
export function paidPosting({ invoice, shares }: PaidInvoice, effectiveAt: Date): Posting {
  const { invoiceId, buyerId, currency, grossMinor, period } = invoice;
  const parts = shares
    .filter(({ amountMinor }) => amountMinor > 0n)
    .map(({ owner, share, amountMinor }): Leg => credit({ owner, kind: KIND_OF_SHARE[share], currency }, amountMinor));
  return {
    idempotencyKey: `invoice_paid:${invoiceId}`,
    movement: 'invoice_paid',
    effectiveAt,
    period,
    reference: { kind: 'invoice', id: invoiceId },
    legs: [
      debit(ofExchange('clearing:bank_in', currency), grossMinor),
      debit(ofExchange('clearing:invoiced', currency), grossMinor),
      credit({ owner: buyerId, kind: 'receivable:buyer', currency }, grossMinor),
      ...parts,
    ],
  };
}

function ofExchange(kind: AccountKind, currency: Currency) {
  return { owner: exchangeOwner, kind, currency };
}
