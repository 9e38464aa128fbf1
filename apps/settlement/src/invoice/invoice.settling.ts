import { err, formatMoney, money, ok, type Money, type Result } from '@hetao/kernel';
import { allotAnew, allotInstalment, type Allotment } from '@hetao/rating';
import { invoiceErrors, type InvoiceError } from './invoice.errors.js';
import { invoiceTransitions, isPayable, outstandingMinor, type Invoice, type InvoiceState } from './invoice.js';
import { entitledOf, leftNetMinor, leftTaxMinor, movesOf, type ShareMove } from './shares.js';

/** An invoice after money moved, and who gained or gave back what. */
export interface SettledInvoice {
  readonly invoice: Invoice;
  readonly moves: readonly ShareMove[];
}

/** What a credit note did: first it lowers what is owed, and what was paid beyond the rest is owed back. */
export interface CreditedInvoice extends SettledInvoice {
  readonly loweredMinor: bigint;
  readonly refundMinor: bigint;
}

/** What became of a payment that was taken back. */
export interface ReversedPayment extends SettledInvoice {
  readonly takenMinor: bigint;
  /** Already owed back to the buyer by a credit note: it is not owed any more. */
  readonly notRefundedMinor: bigint;
}

/**
 * Pays an invoice wholly or in part: at most what is outstanding, in its currency.
 *
 * @param held what each party holds of the invoice before.
 */
export function payInvoice(
  invoice: Invoice,
  held: Allotment,
  payment: { readonly paid: Money; readonly at: Date },
): Result<SettledInvoice, InvoiceError> {
  const { paid, at } = payment;
  if (!isPayable(invoice)) {
    return err(invoiceErrors.INVOICE_NOT_PAYABLE(`Invoice ${invoice.number} is ${invoice.state}: nothing is owed.`));
  }
  const open = outstandingMinor(invoice);
  if (paid.currency !== invoice.currency || paid.amountMinor <= 0n || paid.amountMinor > open) {
    const owed = `${invoice.currency} ${formatMoney(money(open, invoice.currency))}`;
    const came = `${paid.currency} ${formatMoney(paid)}`;
    return err(invoiceErrors.INVOICE_NOT_PAYABLE(`Invoice ${invoice.number}: ${owed} is outstanding, ${came} came.`));
  }
  const after = standing({ ...invoice, paidMinor: invoice.paidMinor + paid.amountMinor }, at);
  const gains = allotInstalment(entitledOf(invoice), held, paid.amountMinor);
  return ok({ invoice: after, moves: movesOf(invoice, gains) });
}

/**
 * Takes a payment back: its parties give back what they got by it, and the buyer owes it again. That the payment stands
 * is for the caller to know.
 */
export function reversePayment(
  invoice: Invoice,
  held: Allotment,
  amountMinor: bigint,
): Result<ReversedPayment, InvoiceError> {
  if (!invoiceTransitions.canTransition(invoice.state, 'reverse')) {
    return err(invoiceErrors.PAYMENT_NOT_FOUND(`Invoice ${invoice.number} is ${invoice.state}: no payment stands.`));
  }
  const takenMinor = amountMinor < invoice.paidMinor ? amountMinor : invoice.paidMinor;
  const after = standing({ ...invoice, paidMinor: invoice.paidMinor - takenMinor }, invoice.paidAt);
  const changes = allotAnew(entitledOf(after), held, after.paidMinor);
  return ok({
    invoice: after,
    moves: movesOf(invoice, changes),
    takenMinor,
    notRefundedMinor: amountMinor - takenMinor,
  });
}

/** Takes net and tax of an invoice back. What is not paid yet is lowered first; only what is left of it is refunded. */
export function creditInvoice(
  invoice: Invoice,
  held: Allotment,
  credit: { readonly netMinor: bigint; readonly taxMinor: bigint },
): Result<CreditedInvoice, InvoiceError> {
  const { netMinor, taxMinor } = credit;
  if (!invoiceTransitions.canTransition(invoice.state, 'credit')) {
    return err(invoiceErrors.INVOICE_NOT_CREDITABLE(`Invoice ${invoice.number} is ${invoice.state}.`));
  }
  if (netMinor < 0n || taxMinor < 0n || netMinor + taxMinor === 0n) {
    return err(invoiceErrors.INVOICE_NOT_CREDITABLE('A credit note takes back more than nothing.'));
  }
  if (netMinor > leftNetMinor(invoice) || taxMinor > leftTaxMinor(invoice)) {
    return err(
      invoiceErrors.INVOICE_NOT_CREDITABLE(
        `${netMinor} + ${taxMinor} minor units were to be taken back of invoice ${invoice.number}; ` +
          `${leftNetMinor(invoice)} + ${leftTaxMinor(invoice)} are left.`,
      ),
    );
  }
  const grossMinor = netMinor + taxMinor;
  const open = outstandingMinor(invoice);
  const loweredMinor = grossMinor < open ? grossMinor : open;
  const refundMinor = grossMinor - loweredMinor;
  const lowered: Invoice = {
    ...invoice,
    creditedMinor: invoice.creditedMinor + grossMinor,
    creditedNetMinor: invoice.creditedNetMinor + netMinor,
    paidMinor: invoice.paidMinor - refundMinor,
  };
  const changes = allotAnew(entitledOf(lowered), held, lowered.paidMinor);
  return ok({
    invoice: standing(lowered, invoice.paidAt),
    moves: movesOf(invoice, changes),
    loweredMinor,
    refundMinor,
  });
}

/** The state that follows from the amounts. `paidAt` is kept only by what is wholly paid. */
function standing(invoice: Invoice, paidAt: Date | null): Invoice {
  const state = stateOf(invoice);
  return { ...invoice, state, paidAt: state === 'paid' || state === 'credited' ? paidAt : null };
}

function stateOf(invoice: Invoice): InvoiceState {
  if (invoice.creditedMinor === invoice.grossMinor) return 'credited';
  if (invoice.paidMinor === 0n) return 'issued';
  return outstandingMinor(invoice) === 0n ? 'paid' : 'part_paid';
}
