import { InvoiceIssuedV1, InvoicePaidV1 } from '@hetao/events';
import { err, money, moneyToJson, ok, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { DocumentRates } from '../fx/document-rates.book.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { addDays, dateIn, type SettlementPeriod } from '../period/period.js';
import { invoiceErrors, type InvoiceError } from './invoice.errors.js';
import { issuedEvent } from './invoice.events.js';
import { makeInvoice, type Invoice } from './invoice.js';
import { lastOf, settlementsOf, type InvoicePayment } from './invoice.payments.js';
import { issuedPosting, paidPosting, reversedPosting } from './invoice.postings.js';
import { InvoiceRepository } from './invoice.repository.js';
import { reversePayment } from './invoice.settling.js';
import type { IssueTerms } from './invoice.terms.js';
import { accountMovesOf } from './party-accounts.js';
import { SettlingRepository } from './settling.repository.js';

/** The same by the invoice's id, for who holds no invoice: minor units of the invoice's own currency. */
export interface InvoiceAmount {
  readonly invoiceId: string;
  readonly amountMinor: bigint;
  readonly statementLineId: string;
  readonly effectiveAt: Date;
}

/** A payment that is taken back: returned by the bank, or matched by mistake. */
export interface PaymentReversal {
  readonly invoice: Invoice;
  readonly statementLineId: string;
  readonly effectiveAt: Date;
}

/** Which invoices are to be written: at most `limit`, of agreements beyond the id `after`. */
export interface IssueOrder {
  readonly period: SettlementPeriod;
  readonly terms: IssueTerms;
  readonly limit: number;
  readonly after?: string;
}

/** How many were written, and the last agreement's id: where the next turn goes on. */
export interface Issued {
  readonly count: number;
  readonly last: string;
}

/** Writes an invoice, its postings and its event together, so that none of them is ever without the others. */
@Injectable()
export class InvoiceBook {
  readonly #invoices: InvoiceRepository;
  readonly #settling: SettlingRepository;
  readonly #ledger: LedgerRepository;
  readonly #rates: DocumentRates;

  constructor(
    invoices: InvoiceRepository,
    settling: SettlingRepository,
    ledger: LedgerRepository,
    rates: DocumentRates,
  ) {
    this.#invoices = invoices;
    this.#settling = settling;
    this.#ledger = ledger;
    this.#rates = rates;
  }

  /** Writes invoices for rated usage of the period that has none. */
  async issue(tx: Tx, { period, terms, limit, after = '' }: IssueOrder): Promise<Result<Issued, LedgerError>> {
    const candidates = await this.#invoices.candidates(tx, {
      period: period.period,
      taxDate: lastDay(period),
      limit,
      after,
    });
    const last = candidates.at(-1);
    if (last === undefined) return ok({ count: 0, last: after });
    const firstNo = await this.#invoices.takeNumbers(tx, terms.year, candidates.length);
    const made = candidates.map(({ netDays, ...candidate }, index) =>
      makeInvoice({
        ...candidate,
        ...terms,
        dueDate: netDays === null ? terms.dueDate : addDays(terms.date, netDays),
        period: period.period,
        yearNo: firstNo + index,
      }),
    );
    await this.#invoices.add(tx, made);
    const owed = made.map(({ invoice }) => invoice).filter(({ grossMinor }) => grossMinor > 0n);
    const posted = await this.#ledger.post(
      tx,
      owed.map((invoice) => issuedPosting(invoice, period.endsAt)),
    );
    if (!posted.ok) return posted;
    await this.#rates.note(
      tx,
      made.map(({ invoice }) => invoice),
    );
    for (const { invoice } of made) tx.append(InvoiceIssuedV1, issuedEvent(invoice));
    return ok({ count: made.length, last: last.agreement.agreementId });
  }

  /** The invoices that references name, held for this transaction. Drafts have no number and are not found. */
  lockByReference(tx: Tx, references: readonly string[]): Promise<readonly Invoice[]> {
    return this.#invoices.lockByReference(tx, references);
  }

  /**
   * In whose books money that moves now stands, by the period of its invoice: whoever writes beside a payment asks too,
   * so that one period has all of it. The answer holds until the transaction ends: no period closes before.
   */
  async openBooks(tx: Tx, periods: readonly string[]): Promise<(period: string) => string> {
    await this.#ledger.holdOpen(tx);
    return this.#settling.openPeriods(tx, periods);
  }

  /**
   * Settles invoices with bank lines, divides the money and owes it to those it is for. All or none. Several lines may
   * pay one invoice; each at most what is outstanding then.
   */
  async pay(tx: Tx, payments: readonly InvoicePayment[]): Promise<Result<void, InvoiceError | LedgerError>> {
    if (payments.length === 0) return ok(undefined);
    const begun = await this.#settling.begun(
      tx,
      payments.map(({ invoice }) => invoice),
    );
    const settlements = settlementsOf(payments, await this.#settling.holdings(tx, begun));
    if (!settlements.ok) return settlements;
    const booksOf = await this.openBooks(
      tx,
      payments.map(({ invoice }) => invoice.period),
    );
    const done = settlements.value.map((one) => ({ ...one, period: booksOf(one.settled.invoice.period) }));
    await this.#settling.addPayments(
      tx,
      done.map(({ payment }) => payment),
    );
    await this.#settling.update(tx, lastOf(done));
    await this.#settling.move(
      tx,
      done.map(({ payment, settled, moves, period }) => ({
        ...{ invoice: settled.invoice, moves },
        cause: { kind: 'payment' as const, id: payment.paymentId, period, at: payment.effectiveAt },
      })),
    );
    const posted = await this.#ledger.post(
      tx,
      done.map(({ payment, settled, moves, period }) => paidPosting(settled, { ...payment, moves, period })),
    );
    if (!posted.ok) return posted;
    await this.#rates.note(
      tx,
      done.map(({ settled }) => settled.invoice),
    );
    for (const { payment, settled } of done) {
      tx.append(InvoicePaidV1, {
        invoiceId: payment.invoiceId,
        paid: moneyToJson(money(payment.amountMinor, settled.invoice.currency)),
        statementLineId: payment.statementLineId,
        paidAt: payment.effectiveAt.toISOString(),
      });
    }
    return ok(undefined);
  }

  /** As {@link pay}, for invoices named by id; they are locked here. */
  async payAmounts(tx: Tx, amounts: readonly InvoiceAmount[]): Promise<Result<void, InvoiceError | LedgerError>> {
    const locked = await this.#invoices.lockByReference(tx, [...new Set(amounts.map(({ invoiceId }) => invoiceId))]);
    const byId = new Map(locked.map((invoice) => [invoice.invoiceId, invoice]));
    const payments: InvoicePayment[] = [];
    for (const { invoiceId, amountMinor, ...rest } of amounts) {
      const invoice = byId.get(invoiceId);
      if (invoice === undefined) return err(invoiceErrors.INVOICE_NOT_FOUND(`There is no invoice ${invoiceId}.`));
      payments.push({ invoice, paid: money(amountMinor, invoice.currency), ...rest });
    }
    return this.pay(tx, payments);
  }

  /**
   * Takes a payment back. What its parties got by it goes back from their accounts; what was paid out to them already
   * they owe. The invoice must be locked.
   */
  async reversePayment(tx: Tx, reversal: PaymentReversal): Promise<Result<void, InvoiceError | LedgerError>> {
    const { invoice, statementLineId, effectiveAt } = reversal;
    const payment = await this.#settling.endPayment(tx, invoice.invoiceId, statementLineId, effectiveAt);
    if (payment === undefined) {
      return err(
        invoiceErrors.PAYMENT_NOT_FOUND(`Bank line ${statementLineId} pays nothing of invoice ${invoice.number}.`),
      );
    }
    const holdings = (await this.#settling.holdings(tx, [invoice.invoiceId]))(invoice.invoiceId);
    const reversed = reversePayment(invoice, holdings.held, payment.amountMinor);
    if (!reversed.ok) return reversed;
    const moves = accountMovesOf(reversed.value.moves, holdings);
    const period = (await this.openBooks(tx, [invoice.period]))(invoice.period);
    await this.#settling.update(tx, [reversed.value]);
    const cause = { kind: 'payment_reversal' as const, id: payment.paymentId, period, at: effectiveAt };
    await this.#settling.move(tx, [{ invoice: reversed.value.invoice, moves, cause }]);
    const context = { causeId: payment.paymentId, effectiveAt, period, moves };
    const posted = await this.#ledger.post(tx, [reversedPosting(reversed.value, context)]);
    return posted.ok ? ok(undefined) : posted;
  }
}

/** The date whose tax rates count: a month's service is supplied on its last day. */
export function lastDay({ timeZone, endsAt }: SettlementPeriod): string {
  return dateIn(timeZone, endsAt.getTime() - 1);
}
