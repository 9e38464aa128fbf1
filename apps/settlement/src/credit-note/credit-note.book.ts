import { CreditNoteIssuedV1 } from '@hetao/events';
import { err, money, moneyToJson, newId, ok, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { invoiceErrors, type InvoiceError } from '../invoice/invoice.errors.js';
import type { Invoice } from '../invoice/invoice.js';
import { creditedPosting } from '../invoice/invoice.postings.js';
import { InvoiceRepository } from '../invoice/invoice.repository.js';
import { creditInvoice } from '../invoice/invoice.settling.js';
import type { IssueTerms } from '../invoice/invoice.terms.js';
import { accountMovesOf } from '../invoice/party-accounts.js';
import { SettlingRepository } from '../invoice/settling.repository.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { creditFigures, creditNoteNumber, type CreditNote, type CreditRequest } from './credit-note.js';
import { CreditNoteRepository } from './credit-note.repository.js';

/** What is to be credited, why and by whom. */
export interface CreditOrder {
  readonly invoiceId: string;
  readonly request: CreditRequest;
  readonly reason: string;
  readonly by: string;
  readonly disputeId: string | null;
}

/** Writes a credit note, what it does to the invoice and its parties, its posting and its event together. */
@Injectable()
export class CreditNoteBook {
  readonly #notes: CreditNoteRepository;
  readonly #invoices: InvoiceRepository;
  readonly #settling: SettlingRepository;
  readonly #ledger: LedgerRepository;

  constructor(
    notes: CreditNoteRepository,
    invoices: InvoiceRepository,
    settling: SettlingRepository,
    ledger: LedgerRepository,
  ) {
    this.#notes = notes;
    this.#invoices = invoices;
    this.#settling = settling;
    this.#ledger = ledger;
  }

  async issue(tx: Tx, order: CreditOrder, terms: IssueTerms): Promise<Result<CreditNote, InvoiceError | LedgerError>> {
    const [invoice] = await this.#invoices.lockByReference(tx, [order.invoiceId]);
    if (invoice === undefined) return err(await this.#notFound(tx, order.invoiceId));
    const lines = await this.#invoices.linesOf(tx, invoice.invoiceId);
    const before = await this.#notes.creditedByLine(tx, invoice.invoiceId);
    const figures = creditFigures(invoice, lines, before, order.request);
    if (!figures.ok) return figures;
    const holdings = (await this.#settling.holdings(tx, [invoice.invoiceId]))(invoice.invoiceId);
    const credited = creditInvoice(invoice, holdings.held, figures.value);
    if (!credited.ok) return credited;
    const moves = accountMovesOf(credited.value.moves, holdings);
    const period = (await this.#settling.openPeriods(tx, [invoice.period]))(invoice.period);
    const yearNo = await this.#notes.takeNumber(tx, terms.year);
    const note: CreditNote = {
      creditNoteId: newId('crn'),
      number: creditNoteNumber(terms.year, yearNo),
      year: terms.year,
      yearNo,
      invoiceId: invoice.invoiceId,
      period,
      currency: invoice.currency,
      netMinor: figures.value.netMinor,
      taxMinor: figures.value.taxMinor,
      refundMinor: credited.value.refundMinor,
      reason: order.reason,
      disputeId: order.disputeId,
      issuedAt: terms.issuedAt,
      issuedBy: order.by,
    };
    await this.#notes.add(tx, note, figures.value.lines);
    await this.#settling.update(tx, [credited.value]);
    const cause = { kind: 'credit_note' as const, id: note.creditNoteId, period, at: terms.issuedAt };
    await this.#settling.move(tx, [{ invoice: credited.value.invoice, moves, cause }]);
    const context = { causeId: note.creditNoteId, effectiveAt: terms.issuedAt, period, moves };
    const posted = await this.#ledger.post(tx, [creditedPosting(credited.value, context)]);
    if (!posted.ok) return posted;
    tx.append(CreditNoteIssuedV1, eventOf(note, invoice));
    return ok(note);
  }

  async #notFound(tx: Tx, documentId: string): Promise<InvoiceError> {
    if (await this.#notes.exists(tx, documentId)) {
      return invoiceErrors.REFUND_OF_REFUND(`${documentId} is a credit note itself.`);
    }
    return invoiceErrors.INVOICE_NOT_FOUND(`There is no issued invoice ${documentId}.`);
  }
}

function eventOf(note: CreditNote, { merchantId, buyerId }: Invoice): CreditNoteIssuedV1 {
  const amount = (amountMinor: bigint) => moneyToJson(money(amountMinor, note.currency));
  return {
    creditNoteId: note.creditNoteId,
    number: note.number,
    invoiceId: note.invoiceId,
    period: note.period,
    merchantId,
    buyerId,
    net: amount(note.netMinor),
    tax: amount(note.taxMinor),
    gross: amount(note.netMinor + note.taxMinor),
    refund: amount(note.refundMinor),
    reason: note.reason,
    issuedAt: note.issuedAt.toISOString(),
  };
}
