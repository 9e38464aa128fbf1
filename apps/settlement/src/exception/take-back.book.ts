import { err, newId, ok, type Currency, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { InvoiceBook } from '../invoice/invoice.book.js';
import type { InvoiceError } from '../invoice/invoice.errors.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { credit, debit, exchangeOwner, type Posting } from '../ledger/ledger.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { MatchingRepository } from '../matching/matching.repository.js';
import { exceptionErrors, type ExceptionError } from './exception.errors.js';

/** A bank line by which money of a payment left again. */
export interface TakingBack {
  readonly exceptionId: string;
  readonly lineId: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly invoiceId: string;
  readonly by: string;
  readonly effectiveAt: Date;
}

/**
 * Lets a payment be taken back that its bank took back. All of it stands in books that are open: the month of the payment
 * may be closed, and stays as it is.
 */
@Injectable()
export class TakeBackBook {
  readonly #invoices: InvoiceBook;
  readonly #ledger: LedgerRepository;
  readonly #matches: MatchingRepository;

  constructor(invoices: InvoiceBook, ledger: LedgerRepository, matches: MatchingRepository) {
    this.#invoices = invoices;
    this.#ledger = ledger;
    this.#matches = matches;
  }

  /** EXCEPTION_ACTION_UNFIT when no payment of that amount stands. */
  async apply(tx: Tx, taking: TakingBack): Promise<Result<void, ExceptionError | InvoiceError | LedgerError>> {
    const { invoiceId, amountMinor, currency, effectiveAt } = taking;
    const [invoice] = await this.#invoices.lockByReference(tx, [invoiceId]);
    if (invoice?.currency !== currency) {
      return err(exceptionErrors.ALLOCATION_INVALID(`There is no issued invoice ${invoiceId} in ${currency}.`));
    }
    const statementLineId = await paymentOf(tx, invoiceId, amountMinor);
    if (statementLineId === undefined) {
      return err(
        exceptionErrors.EXCEPTION_ACTION_UNFIT(
          `No bank line of ${amountMinor} minor units pays invoice ${invoice.number}.`,
        ),
      );
    }
    const period = (await this.#invoices.openBooks(tx, [invoice.period]))(invoice.period);
    const reversed = await this.#invoices.reversePayment(tx, { invoice, statementLineId, effectiveAt });
    if (!reversed.ok) return reversed;
    const posted = await this.#ledger.post(tx, [leftAgain(taking, period)]);
    if (!posted.ok) return posted;
    await this.#match(tx, taking, period);
    return ok(undefined);
  }

  async #match(tx: Tx, taking: TakingBack, period: string): Promise<void> {
    const { lineId, invoiceId, amountMinor, currency, by } = taking;
    // Free for the line that pays it again; the edge of the first payment stays with its month.
    await tx.execute(
      `UPDATE match_members SET ended_at = $2 WHERE kind = 'invoice' AND member_id = $1 AND ended_at IS NULL`,
      [invoiceId, taking.effectiveAt],
    );
    await this.#matches.addGroups(tx, [
      {
        ...{ groupId: newId('mgr'), pass: 'manual', ruleVersion: 'manual', foundBy: 'person', matchedBy: by },
        ...{ differenceMinor: 0n, differenceKind: null, currency, lineIds: [lineId], settled: [] },
        edges: [{ lineId, kind: 'payment_reversal', itemId: invoiceId, amountMinor, period }],
      },
    ]);
  }
}

/** The latest payment of the invoice by a bank line of that amount. */
async function paymentOf(tx: Tx, invoiceId: string, amountMinor: bigint): Promise<string | undefined> {
  const [row] = await tx.query<{ statement_line_id: string }>(
    `SELECT p.statement_line_id FROM invoice_payments p JOIN bank_statement_lines l ON l.line_id = p.statement_line_id
      WHERE p.invoice_id = $1 AND p.amount_minor = $2 AND p.reversed_at IS NULL
      ORDER BY p.effective_at DESC, p.payment_id DESC LIMIT 1`,
    [invoiceId, amountMinor.toString()],
  );
  return row?.statement_line_id;
}

/** The money that is nobody's again is the money that the line shows leaving. */
function leftAgain({ exceptionId, amountMinor, currency, effectiveAt }: TakingBack, period: string): Posting {
  return {
    idempotencyKey: `taken_back:${exceptionId}`,
    movement: 'refund_instructed',
    effectiveAt,
    period,
    reference: { kind: 'exception', id: exceptionId },
    legs: [
      debit({ owner: exchangeOwner, kind: 'clearing:bank_in', currency }, amountMinor),
      credit({ owner: exchangeOwner, kind: 'clearing:bank_out', currency }, amountMinor),
    ],
  };
}
