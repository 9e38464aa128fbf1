import { newId, ok, type Money, type Result } from '@hetao/kernel';
import type { InvoiceError } from './invoice.errors.js';
import type { Invoice } from './invoice.js';
import { payInvoice, type SettledInvoice } from './invoice.settling.js';
import type { Holdings, KeptPayment } from './settling.repository.js';

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
  const now = new Map<string, { invoice: Invoice; held: Map<Share, bigint> }>();
  const done: Settlement[] = [];
  for (const { invoice, paid, statementLineId, effectiveAt } of payments) {
    const { invoiceId } = invoice;
    const present = now.get(invoiceId) ?? { invoice, held: new Map(holdings(invoiceId).held) };
    const settled = payInvoice(present.invoice, present.held, { paid, at: effectiveAt });
    if (!settled.ok) return settled;
    for (const { share, deltaMinor } of settled.value.moves) {
      present.held.set(share, (present.held.get(share) ?? 0n) + deltaMinor);
    }
    now.set(invoiceId, { invoice: settled.value.invoice, held: present.held });
    const { amountMinor } = paid;
    const payment = { paymentId: newId('ipy'), invoiceId, statementLineId, amountMinor, effectiveAt };
    done.push({ payment, settled: settled.value });
  }
  return ok(done);
}

type Share = SettledInvoice['moves'][number]['share'];

/** Of several payments of one invoice, what stands after the last. */
export function lastOf(done: readonly Settlement[]): readonly SettledInvoice[] {
  return [...new Map(done.map(({ settled }) => [settled.invoice.invoiceId, settled])).values()];
}
