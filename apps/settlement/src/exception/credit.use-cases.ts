import { err, money, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { InvoiceBook } from '../invoice/invoice.book.js';
import type { InvoiceError } from '../invoice/invoice.errors.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { credit, debit, exchangeOwner } from '../ledger/ledger.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { exceptionErrors, type ExceptionError } from './exception.errors.js';

/** A buyer's credit that is to pay an invoice of the same buyer, in minor units of the invoice's currency. */
export interface CreditApplication {
  readonly invoiceId: string;
  readonly amountMinor: bigint;
  readonly by: string;
}

/** Pays invoices with what buyers have on account. */
@Injectable()
export class ApplyCredit {
  readonly #uow: UnitOfWork;
  readonly #invoices: InvoiceBook;
  readonly #ledger: LedgerRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, invoices: InvoiceBook, ledger: LedgerRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#invoices = invoices;
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** @returns the id of the application, which stands where a bank line stands for other payments. CREDIT_TOO_SMALL. */
  execute(application: CreditApplication): Promise<Result<string, ExceptionError | InvoiceError | LedgerError>> {
    return this.#uow.runResult((tx) => this.#run(tx, application));
  }

  async #run(
    tx: Tx,
    { invoiceId, amountMinor, by }: CreditApplication,
  ): Promise<Result<string, ExceptionError | InvoiceError | LedgerError>> {
    const [invoice] = await this.#invoices.lockByReference(tx, [invoiceId]);
    if (invoice === undefined)
      return err(exceptionErrors.ALLOCATION_INVALID(`There is no issued invoice ${invoiceId}.`));
    const { buyerId, currency } = invoice;
    const period = (await this.#invoices.openBooks(tx, [invoice.period]))(invoice.period);
    const applicationId = newId('cra');
    const effectiveAt = this.#clock.now();
    await tx.execute(
      `INSERT INTO credit_applications (application_id, buyer_id, invoice_id, amount_minor, currency, applied_by, applied_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [applicationId, buyerId, invoiceId, amountMinor.toString(), currency, by, effectiveAt],
    );
    const posted = await this.#ledger.post(tx, [
      {
        idempotencyKey: `credit_applied:${applicationId}`,
        movement: 'credit_applied',
        effectiveAt,
        period,
        reference: { kind: 'credit_application', id: applicationId },
        legs: [
          debit({ owner: buyerId, kind: 'payable:buyer', currency }, amountMinor),
          credit({ owner: exchangeOwner, kind: 'clearing:bank_in', currency }, amountMinor),
        ],
      },
    ]);
    if (!posted.ok) {
      const isShort = posted.error.code === 'LEDGER_LIMIT_REACHED';
      return isShort ? err(exceptionErrors.CREDIT_TOO_SMALL(`${buyerId} has less than that on account.`)) : posted;
    }
    const payment = { invoice, paid: money(amountMinor, currency), statementLineId: applicationId, effectiveAt };
    const paid = await this.#invoices.pay(tx, [payment]);
    return paid.ok ? ok(applicationId) : paid;
  }
}
