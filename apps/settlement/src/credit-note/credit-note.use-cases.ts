import { err, parseMoney, DomainException, ok, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { InvoiceRepository } from '../invoice/invoice.repository.js';
import { InvoiceTerms } from '../invoice/invoice.terms.js';
import { CreditNoteBook } from './credit-note.book.js';
import type { CreditNoteDto, NewCreditNoteDto } from './credit-note.dto.js';
import { toCreditNoteDto } from './credit-note.dto.js';
import type { CreditRequest } from './credit-note.js';

/** Takes an invoice back, wholly or by line. */
@Injectable()
export class IssueCreditNote {
  readonly #uow: UnitOfWork;
  readonly #book: CreditNoteBook;
  readonly #invoices: InvoiceRepository;
  readonly #terms: InvoiceTerms;

  constructor(uow: UnitOfWork, book: CreditNoteBook, invoices: InvoiceRepository, terms: InvoiceTerms) {
    this.#uow = uow;
    this.#book = book;
    this.#invoices = invoices;
    this.#terms = terms;
  }

  execute(order: NewCreditNoteDto, by: string): Promise<Result<CreditNoteDto, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<CreditNoteDto, DomainError>> => {
      const request = await this.#request(tx, order);
      if (!request.ok) return request;
      const { document_id: invoiceId, reason } = order;
      const note = await this.#book.issue(
        tx,
        { invoiceId, request: request.value, reason, by, disputeId: null },
        this.#terms.now(),
      );
      return note.ok ? ok(toCreditNoteDto(note.value)) : note;
    });
  }

  /** Amounts are read in the invoice's currency: one with more decimals than it has is refused with its place. */
  async #request(tx: Tx, order: NewCreditNoteDto): Promise<Result<CreditRequest, DomainError>> {
    if (order.lines === undefined) return ok({ kind: 'full' });
    const [invoice] = await this.#invoices.lockByReference(tx, [order.document_id]);
    // What cannot be found is told by the book, which also knows credit notes.
    if (invoice === undefined) return ok({ kind: 'full' });
    const lines: { lineNo: number; netMinor: bigint }[] = [];
    for (const [index, { line_no, net }] of order.lines.entries()) {
      try {
        lines.push({ lineNo: line_no, netMinor: parseMoney(net, invoice.currency).amountMinor });
      } catch (error) {
        if (!(error instanceof DomainException)) throw error;
        return err({ ...error.problem, pointer: `/lines/${index}/net` });
      }
    }
    return ok({ kind: 'lines', lines });
  }
}
