import { err, newId, ok, parseMoney, seesTenant, type DomainError, type Reader, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { creditFigures } from '../credit-note/credit-note.js';
import { CreditNoteRepository } from '../credit-note/credit-note.repository.js';
import { invoiceErrors } from '../invoice/invoice.errors.js';
import { invoiceTransitions, type Invoice } from '../invoice/invoice.js';
import { InvoiceRepository } from '../invoice/invoice.repository.js';
import type { NewDisputeDto } from './dispute.dto.js';
import { disputeErrors } from './dispute.errors.js';
import { holdsOf, type Dispute } from './dispute.js';
import { DisputeRepository } from './dispute.repository.js';

interface Opening {
  readonly by: Reader & { readonly subject: string };
  readonly at: Date;
}

/** A buyer objects to a line of an invoice: its part of every share is held back until somebody decides. */
@Injectable()
export class OpenDispute {
  readonly #uow: UnitOfWork;
  readonly #invoices: InvoiceRepository;
  readonly #notes: CreditNoteRepository;
  readonly #disputes: DisputeRepository;

  constructor(uow: UnitOfWork, invoices: InvoiceRepository, notes: CreditNoteRepository, disputes: DisputeRepository) {
    this.#uow = uow;
    this.#invoices = invoices;
    this.#notes = notes;
    this.#disputes = disputes;
  }

  execute(invoiceId: string, order: NewDisputeDto, opening: Opening): Promise<Result<Dispute, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Dispute, DomainError>> => {
      const [invoice] = await this.#invoices.lockByReference(tx, [invoiceId]);
      if (invoice === undefined || !seesTenant(opening.by, invoice.buyerId)) {
        return err(invoiceErrors.INVOICE_NOT_FOUND(`There is no invoice ${invoiceId} that you bought by.`));
      }
      if (!invoiceTransitions.canTransition(invoice.state, 'credit')) {
        return err(disputeErrors.INVOICE_NOT_DISPUTABLE(`Invoice ${invoice.number} is ${invoice.state}.`));
      }
      if (await this.#disputes.openOn(tx, invoiceId, order.line_no)) {
        return err(disputeErrors.DISPUTE_OPEN_ALREADY(`Line ${order.line_no} of invoice ${invoice.number}.`));
      }
      return this.#open(tx, invoice, order, opening);
    });
  }

  async #open(
    tx: Tx,
    invoice: Invoice,
    order: NewDisputeDto,
    { by, at }: Opening,
  ): Promise<Result<Dispute, DomainError>> {
    const lines = await this.#invoices.linesOf(tx, invoice.invoiceId);
    const credited = await this.#notes.creditedByLine(tx, invoice.invoiceId);
    const line = lines.find(({ lineNo }) => lineNo === order.line_no);
    const left = (line?.amountMinor ?? 0n) - (credited.get(order.line_no) ?? 0n);
    const netMinor = order.net === undefined ? left : parseMoney(order.net, invoice.currency).amountMinor;
    // What cannot be credited cannot be disputed: the figures are those of the credit note that would uphold it.
    const figures = creditFigures(invoice, lines, credited, {
      kind: 'lines',
      lines: [{ lineNo: order.line_no, netMinor }],
    });
    if (!figures.ok) return figures;
    const dispute: Dispute = {
      disputeId: newId('dsp'),
      invoiceId: invoice.invoiceId,
      lineNo: order.line_no,
      currency: invoice.currency,
      netMinor,
      taxMinor: figures.value.taxMinor,
      reason: order.reason,
      state: 'open',
      openedBy: by.subject,
      openedAt: at,
      decision: null,
      decidedAt: null,
      creditNoteId: null,
    };
    await this.#disputes.add(tx, dispute, holdsOf(invoice, netMinor + figures.value.taxMinor));
    return ok(dispute);
  }
}
