import { err, ok, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import { periodErrors, type PeriodError } from '../period/period.errors.js';
import { PeriodRepository } from '../period/period.repository.js';
import { lastDay } from './invoice.book.js';
import { makeInvoice } from './invoice.js';
import { InvoiceRepository } from './invoice.repository.js';
import { InvoiceTerms } from './invoice.terms.js';

const CHUNK = 100;

/** Writes invoices to look at before they are issued: no number, no posting, made anew each time it is asked. */
@Injectable()
export class DraftInvoices {
  readonly #uow: UnitOfWork;
  readonly #periods: PeriodRepository;
  readonly #invoices: InvoiceRepository;
  readonly #terms: InvoiceTerms;

  constructor(uow: UnitOfWork, periods: PeriodRepository, invoices: InvoiceRepository, terms: InvoiceTerms) {
    this.#uow = uow;
    this.#periods = periods;
    this.#invoices = invoices;
    this.#terms = terms;
  }

  /** @returns how many drafts stand; usage that has not arrived yet has none. */
  async execute(period: string): Promise<Result<number, PeriodError>> {
    let drafts = 0;
    for (let after: string | undefined = ''; after !== undefined;) {
      const from: string = after;
      const chunk = await this.#uow.runResult((tx) => this.#chunk(tx, period, from));
      if (!chunk.ok) return chunk;
      drafts += chunk.value.length;
      after = chunk.value.length < CHUNK ? undefined : chunk.value.at(-1);
    }
    return ok(drafts);
  }

  async #chunk(tx: Tx, name: string, after: string): Promise<Result<readonly string[], PeriodError>> {
    const period = await this.#periods.lock(tx, name);
    if (period === null) return err(periodErrors.PERIOD_NOT_FOUND(`No usage of ${name} has arrived.`));
    if (period.closedAt !== null)
      return err(periodErrors.PERIOD_CLOSED(`${name} is closed: nothing is left to draft.`));
    const candidates = await this.#invoices.candidates(tx, {
      period: name,
      taxDate: lastDay(period),
      limit: CHUNK,
      after,
    });
    if (candidates.length === 0) return ok([]);
    const terms = this.#terms.now();
    // The number is never shown: a draft has none.
    const made = candidates.map((candidate) => makeInvoice({ ...candidate, ...terms, period: name, yearNo: 0 }));
    await this.#invoices.addDrafts(tx, made, terms.issuedAt);
    return ok(candidates.map(({ agreement }) => agreement.agreementId));
  }
}
