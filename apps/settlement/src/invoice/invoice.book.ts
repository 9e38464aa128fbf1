import { InvoiceIssuedV1, InvoicePaidV1 } from '@hetao/events';
import { money, moneyToJson, ok, type Money, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { SettlementPeriod } from '../period/period.js';
import type { InvoiceError } from './invoice.errors.js';
import { makeInvoice, payInvoice, type Invoice, type PaidInvoice } from './invoice.js';
import { issuedPosting, paidPosting } from './invoice.postings.js';
import { InvoiceRepository } from './invoice.repository.js';
import type { IssueTerms } from './invoice.terms.js';

/** One bank line that pays one invoice. */
export interface InvoicePayment {
  readonly invoice: Invoice;
  readonly paid: Money;
  readonly statementLineId: string;
  /** From when the money counts. */
  readonly effectiveAt: Date;
}

/** Writes an invoice, its postings and its event together, so that none of them is ever without the others. */
@Injectable()
export class InvoiceBook {
  readonly #invoices: InvoiceRepository;
  readonly #ledger: LedgerRepository;

  constructor(invoices: InvoiceRepository, ledger: LedgerRepository) {
    this.#invoices = invoices;
    this.#ledger = ledger;
  }

  /** Writes invoices for rated usage of the period that has none, at most `limit`. @returns how many. */
  async issue(
    tx: Tx,
    { period, terms, limit }: { readonly period: SettlementPeriod; readonly terms: IssueTerms; readonly limit: number },
  ): Promise<Result<number, LedgerError>> {
    const candidates = await this.#invoices.candidates(tx, period.period, limit);
    if (candidates.length === 0) return ok(0);
    const firstNo = await this.#invoices.takeNumbers(tx, terms.year, candidates.length);
    const made = candidates.map((candidate, index) =>
      makeInvoice({ ...candidate, ...terms, period: period.period, yearNo: firstNo + index }),
    );
    await this.#invoices.add(tx, made);
    const owed = made.map(({ invoice }) => invoice).filter(({ grossMinor }) => grossMinor > 0n);
    const posted = await this.#ledger.post(
      tx,
      owed.map((invoice) => issuedPosting(invoice, period.endsAt)),
    );
    if (!posted.ok) return posted;
    for (const { invoice } of made) tx.append(InvoiceIssuedV1, issuedEvent(invoice));
    return ok(made.length);
  }

  /** The invoices that references name, held for this transaction. */
  lockByReference(tx: Tx, references: readonly string[]): Promise<readonly Invoice[]> {
    return this.#invoices.lockByReference(tx, references);
  }

  /** Marks invoices as paid, divides the money and owes it to those it is for. All or none. */
  async pay(tx: Tx, payments: readonly InvoicePayment[]): Promise<Result<void, InvoiceError | LedgerError>> {
    const settled: { payment: InvoicePayment; paid: PaidInvoice }[] = [];
    for (const payment of payments) {
      const paid = payInvoice(payment.invoice, payment.paid, payment.effectiveAt);
      if (!paid.ok) return paid;
      settled.push({ payment, paid: paid.value });
    }
    if (settled.length === 0) return ok(undefined);
    await this.#invoices.pay(
      tx,
      settled.map(({ paid }) => paid),
    );
    const posted = await this.#ledger.post(
      tx,
      settled.map(({ payment, paid }) => paidPosting(paid, payment.effectiveAt)),
    );
    if (!posted.ok) return posted;
    for (const { payment } of settled) {
      tx.append(InvoicePaidV1, {
        invoiceId: payment.invoice.invoiceId,
        paid: moneyToJson(payment.paid),
        statementLineId: payment.statementLineId,
        paidAt: payment.effectiveAt.toISOString(),
      });
    }
    return ok(undefined);
  }
}

function issuedEvent(invoice: Invoice): InvoiceIssuedV1 {
  const amount = (amountMinor: bigint) => moneyToJson(money(amountMinor, invoice.currency));
  return {
    invoiceId: invoice.invoiceId,
    number: invoice.number,
    period: invoice.period,
    agreementId: invoice.agreementId,
    merchantId: invoice.merchantId,
    buyerId: invoice.buyerId,
    net: amount(invoice.netMinor),
    tax: amount(invoice.taxMinor),
    gross: amount(invoice.grossMinor),
    dueDate: invoice.dueDate,
    issuedAt: invoice.issuedAt.toISOString(),
  };
}
