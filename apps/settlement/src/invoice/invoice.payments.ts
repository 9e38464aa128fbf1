import { newId, ok, type Money, type Result } from '@hetao/kernel';
import type { InvoiceError } from './invoice.errors.js';
import type { Invoice } from './invoice.js';
import { payInvoice, type SettledInvoice } from './invoice.settling.js';
import { accountMovesOf, holdingsAfter, type AccountMove, type Holdings } from './party-accounts.js';
import type { KeptPayment } from './settling.repository.js';

/** One bank line that pays one invoice, wholly or in part. */
export interface InvoicePayment {
  readonly invoice: Invoice;
  readonly paid: Money;
  readonly statementLineId: string;
  /** From when the money counts. */
  readonly effectiveAt: Date;
}

/** A payment, and what its invoice is after it. */
export interface Settlement {
  readonly payment: KeptPayment;
  readonly settled: SettledInvoice;
  readonly moves: readonly AccountMove[];
}

/**
 * Settles invoices one payment after the other: each finds what those before it left.
 *
 * @param holdings what the parties of an invoice hold before the first. INVOICE_NOT_PAYABLE.
 */
export function settlementsOf(
  payments: readonly InvoicePayment[],
  holdings: (invoiceId: string) => Holdings,
): Result<readonly Settlement[], InvoiceError> {
  const now = new Map<string, { invoice: Invoice; holdings: Holdings }>();
  const done: Settlement[] = [];
  for (const { invoice, paid, statementLineId, effectiveAt } of payments) {
    const { invoiceId } = invoice;
    const present = now.get(invoiceId) ?? { invoice, holdings: holdings(invoiceId) };
    const settled = payInvoice(present.invoice, present.holdings.held, { paid, at: effectiveAt });
    if (!settled.ok) return settled;
    const moves = accountMovesOf(settled.value.moves, present.holdings);
    now.set(invoiceId, { invoice: settled.value.invoice, holdings: holdingsAfter(present.holdings, moves) });
    const { amountMinor } = paid;
    const payment = { paymentId: newId('ipy'), invoiceId, statementLineId, amountMinor, effectiveAt };
    done.push({ payment, settled: settled.value, moves });
  }
  return ok(done);
}

/** Of several payments of one invoice, what stands after the last. */
export function lastOf(done: readonly Settlement[]): readonly SettledInvoice[] {
  return [...new Map(done.map(({ settled }) => [settled.invoice.invoiceId, settled])).values()];
}
