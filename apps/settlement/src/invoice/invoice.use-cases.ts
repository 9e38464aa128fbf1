import { err, ok, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { periodErrors, type PeriodError } from '../period/period.errors.js';
import { PeriodRepository } from '../period/period.repository.js';
import { checkArrival } from '../period/usage-arrival.js';
import { InvoiceBook, type Issued } from './invoice.book.js';
import { InvoiceTerms } from './invoice.terms.js';

/** Invoices a transaction: few enough that locks are short and a crash loses little. */
const CHUNK = 100;

type IssueError = PeriodError | LedgerError;

/** Issues the invoices of a period: one per agreement with usage, once, however often it is asked. */
@Injectable()
export class IssueInvoices {
  readonly #uow: UnitOfWork;
  readonly #periods: PeriodRepository;
  readonly #book: InvoiceBook;
  readonly #terms: InvoiceTerms;

  constructor(uow: UnitOfWork, periods: PeriodRepository, book: InvoiceBook, terms: InvoiceTerms) {
    this.#uow = uow;
    this.#periods = periods;
    this.#book = book;
    this.#terms = terms;
  }

  /** @returns how many were issued by this call; PERIOD_USAGE_INCOMPLETE says what has not arrived. */
  async execute(period: string): Promise<Result<number, IssueError>> {
    let issued = 0;
    for (let after = ''; ;) {
      const from = after;
      const chunk = await this.#uow.runResult((tx) => this.#chunk(tx, period, from));
      if (!chunk.ok) return chunk;
      issued += chunk.value.count;
      if (chunk.value.count < CHUNK) return ok(issued);
      after = chunk.value.last;
    }
  }

  async #chunk(tx: Tx, period: string, after: string): Promise<Result<Issued, IssueError>> {
    const locked = await this.#periods.lock(tx, period);
    const arrived = checkArrival(period, await this.#periods.usageArrival(tx, period));
    if (!arrived.ok) return arrived;
    // A period with complete usage exists; the check is the compiler's.
    if (locked === null) return err(periodErrors.PERIOD_NOT_FOUND(`No usage of ${period} has arrived.`));
    return this.#book.issue(tx, { period: locked, terms: this.#terms.now(), limit: CHUNK, after });
  }
}
