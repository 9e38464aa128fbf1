import { unwrap } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { CreditNoteBook } from '../credit-note/credit-note.book.js';
import { CreditNoteRepository } from '../credit-note/credit-note.repository.js';
import { InvoiceRepository } from '../invoice/invoice.repository.js';
import { InvoiceTerms } from '../invoice/invoice.terms.js';
import { creditLines, type ComponentDifference } from './adjustment.js';

/** What is given back, and why. */
export interface AdjustmentCredit {
  readonly invoiceId: string;
  readonly differences: readonly ComponentDifference[];
  readonly reason: string;
}

const MAX_REASON = 1_000;

/** Gives back by a credit note against the original invoice what its month was charged too much. */
@Injectable()
export class AdjustmentCredits {
  readonly #book: CreditNoteBook;
  readonly #notes: CreditNoteRepository;
  readonly #invoices: InvoiceRepository;
  readonly #terms: InvoiceTerms;

  constructor(book: CreditNoteBook, notes: CreditNoteRepository, invoices: InvoiceRepository, terms: InvoiceTerms) {
    this.#book = book;
    this.#notes = notes;
    this.#invoices = invoices;
    this.#terms = terms;
  }

  /**
   * @returns the credit note's id; undefined when earlier credit notes left less of the invoice than is to be given back.
   * @throws DomainException of the ledger: nothing of the transaction may stand then.
   */
  async give(tx: Tx, { invoiceId, differences, reason }: AdjustmentCredit): Promise<string | undefined> {
    await this.#invoices.lockByReference(tx, [invoiceId]);
    const credited = await this.#notes.creditedByLine(tx, invoiceId);
    const lines = (await this.#invoices.linesOf(tx, invoiceId))
      .filter(({ kind }) => kind === 'charge')
      .map(({ lineNo, componentId, amountMinor }) => ({
        lineNo,
        componentId,
        leftMinor: amountMinor - (credited.get(lineNo) ?? 0n),
      }));
    // Lines below zero (a trial's allowance, a credit drawn) make the invoice less than what its other lines have left.
    const left = lines.reduce((sum, { leftMinor }) => sum + leftMinor, 0n);
    const taken = creditLines(lines, differences);
    if (taken === undefined || taken.reduce((sum, { netMinor }) => sum + netMinor, 0n) > left) return undefined;
    const order = {
      invoiceId,
      request: { kind: 'lines' as const, lines: taken },
      reason: reason.slice(0, MAX_REASON),
      by: 'settlement',
      disputeId: null,
    };
    return unwrap(await this.#book.issue(tx, order, this.#terms.now())).creditNoteId;
  }
}
