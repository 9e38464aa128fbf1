import { err, isCurrency, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { InvoiceError } from '../invoice/invoice.errors.js';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { EffectiveDates } from '../statement/statement.dates.js';
import { exceptionErrors, type ExceptionError } from './exception.errors.js';
import { ExceptionStore } from './exception.store.js';
import { TakeBackBook } from './take-back.book.js';

type Failure = ExceptionError | InvoiceError | LedgerError;

/** Resolves a line by which the bank took a payment of an invoice back, whole: the buyer owes it again. */
@Injectable()
export class TakePaymentBack {
  readonly #uow: UnitOfWork;
  readonly #store: ExceptionStore;
  readonly #book: TakeBackBook;
  readonly #dates: EffectiveDates;

  constructor(uow: UnitOfWork, store: ExceptionStore, book: TakeBackBook, dates: EffectiveDates) {
    this.#uow = uow;
    this.#store = store;
    this.#book = book;
    this.#dates = dates;
  }

  execute(exceptionId: string, invoiceId: string, by: string): Promise<Result<void, Failure>> {
    return this.#uow.runResult(async (tx): Promise<Result<void, Failure>> => {
      const found = await this.#store.lock(tx, exceptionId);
      if (!found.ok) return found;
      const { lineId, side, amountMinor, currency, bookedOn } = found.value;
      if (side !== 'debit' || !isCurrency(currency)) {
        return err(
          exceptionErrors.EXCEPTION_ACTION_UNFIT('Only money that left, in a currency of ours, takes a payment back.'),
        );
      }
      const effectiveAt = (await this.#dates.of(tx, [bookedOn]))(bookedOn);
      return this.#book.apply(tx, { exceptionId, lineId, amountMinor, currency, invoiceId, by, effectiveAt });
    });
  }
}
