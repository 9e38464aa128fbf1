import { err, money, ok, type Currency, type Result } from '@hetao/kernel';
import { taxOn } from '@hetao/rating';
import { invoiceErrors, type InvoiceError } from '../invoice/invoice.errors.js';
import type { Invoice, InvoiceLine } from '../invoice/invoice.js';
import { leftNetMinor, leftTaxMinor } from '../invoice/shares.js';

/** What is to be taken back: everything that is left, or a net amount of some lines. */
export type CreditRequest =
  | { readonly kind: 'full' }
  | { readonly kind: 'lines'; readonly lines: readonly { readonly lineNo: number; readonly netMinor: bigint }[] };

/** A credit note's figures: net by line of the invoice, and the tax that goes with the sum. */
export interface CreditFigures {
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
  readonly lines: readonly { readonly invoiceLineNo: number; readonly netMinor: bigint }[];
}

/** A credit note. Amounts are minor units of `currency`. */
export interface CreditNote {
  readonly creditNoteId: string;
  /** `HXC-2015-000001`: gapless within its year, a series of its own. */
  readonly number: string;
  readonly year: number;
  readonly yearNo: number;
  readonly invoiceId: string;
  /** In whose books it counts. */
  readonly period: string;
  readonly currency: Currency;
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
  /** What was paid and is owed back to the buyer. */
  readonly refundMinor: bigint;
  readonly reason: string;
  readonly disputeId: string | null;
  readonly issuedAt: Date;
  readonly issuedBy: string;
}

export function creditNoteNumber(year: number, yearNo: number): string {
  return `HXC-${year}-${String(yearNo).padStart(6, '0')}`;
}

/**
 * Works out a credit note. The tax is what the invoice's tax would have been on what is left, taken from what it is
 * now: whatever the parts, all of them together take back all of the tax.
 *
 * @param credited net taken back before, by line.
 */
export function creditFigures(
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  credited: ReadonlyMap<number, bigint>,
  request: CreditRequest,
): Result<CreditFigures, InvoiceError> {
  const left = new Map(
    lines
      .filter(({ kind }) => kind === 'charge')
      .map(({ lineNo, amountMinor }) => [lineNo, amountMinor - (credited.get(lineNo) ?? 0n)]),
  );
  if (request.kind === 'full') {
    const all = [...left].filter(([, minor]) => minor !== 0n);
    return ok({
      netMinor: leftNetMinor(invoice),
      taxMinor: leftTaxMinor(invoice),
      lines: all.map(([invoiceLineNo, netMinor]) => ({ invoiceLineNo, netMinor })),
    });
  }
  const checked = checkLines(left, request.lines);
  if (!checked.ok) return checked;
  const netMinor = request.lines.reduce((sum, line) => sum + line.netMinor, 0n);
  const leftNet = leftNetMinor(invoice) - netMinor;
  if (leftNet < 0n) {
    return err(
      invoiceErrors.INVOICE_NOT_CREDITABLE(`${netMinor} minor units of net; ${leftNetMinor(invoice)} are left of it.`),
    );
  }
  const taxLeft = taxOn(money(leftNet, invoice.currency), invoice.tax).amountMinor;
  return ok({
    netMinor,
    // The tax on a smaller net is never more than what is left of the tax now.
    taxMinor: leftTaxMinor(invoice) - taxLeft,
    lines: request.lines.map(({ lineNo, netMinor: minor }) => ({ invoiceLineNo: lineNo, netMinor: minor })),
  });
}

function checkLines(
  left: ReadonlyMap<number, bigint>,
  lines: readonly { readonly lineNo: number; readonly netMinor: bigint }[],
): Result<void, InvoiceError> {
  const seen = new Set<number>();
  for (const [index, { lineNo, netMinor }] of lines.entries()) {
    const pointer = `/lines/${index}`;
    const open = left.get(lineNo);
    if (open === undefined) {
      return err(invoiceErrors.INVOICE_LINE_NOT_FOUND(`Line ${lineNo} is no charge of the invoice.`, { pointer }));
    }
    if (seen.has(lineNo) || netMinor <= 0n || netMinor > open) {
      const why = seen.has(lineNo) ? 'is named twice' : `has ${open} minor units left, ${netMinor} were asked for`;
      return err(invoiceErrors.INVOICE_NOT_CREDITABLE(`Line ${lineNo} ${why}.`, { pointer }));
    }
    seen.add(lineNo);
  }
  return ok(undefined);
}
