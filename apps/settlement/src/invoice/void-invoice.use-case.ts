import { InvoiceVoidedV1 } from '@hetao/events';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { PeriodRepository } from '../period/period.repository.js';
import { invoiceErrors } from './invoice.errors.js';
import { invoiceTransitions } from './invoice.js';
import { voidedPosting } from './invoice.postings.js';
import { InvoiceRepository } from './invoice.repository.js';

/** Makes an unpaid invoice void: its number stays used, and its charges can be invoiced again. */
@Injectable()
export class VoidInvoice {
  readonly #uow: UnitOfWork;
  readonly #periods: PeriodRepository;
  readonly #invoices: InvoiceRepository;
  readonly #ledger: LedgerRepository;

  constructor(uow: UnitOfWork, periods: PeriodRepository, invoices: InvoiceRepository, ledger: LedgerRepository) {
    this.#uow = uow;
    this.#periods = periods;
    this.#invoices = invoices;
    this.#ledger = ledger;
  }

  execute(invoiceId: string, reason: string, now: Date): Promise<Result<void, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<void, DomainError>> => {
      const [invoice] = await this.#invoices.lockByReference(tx, [invoiceId]);
      if (invoice === undefined)
        return err(invoiceErrors.INVOICE_NOT_FOUND(`There is no issued invoice ${invoiceId}.`));
      if (invoice.state === 'void') return ok(undefined);
      const period = await this.#periods.find(tx, invoice.period);
      const untouched = invoice.paidMinor === 0n && invoice.creditedMinor === 0n;
      if (!invoiceTransitions.canTransition(invoice.state, 'void') || !untouched || period?.closedAt !== null) {
        return err(invoiceErrors.INVOICE_NOT_VOIDABLE(`Invoice ${invoice.number} is ${invoice.state}.`));
      }
      await this.#invoices.void(tx, invoiceId, reason, now);
      const posted = await this.#ledger.post(tx, [voidedPosting(invoice, period.endsAt)]);
      if (!posted.ok) return posted;
      tx.append(InvoiceVoidedV1, { invoiceId, number: invoice.number, reason, voidedAt: now.toISOString() });
      return ok(undefined);
    });
  }
}
