import type { Clock } from '@hetao/kernel';
import type { UnitOfWork } from '@hetao/persistence';
import { AgreementRepository } from '../agreement/agreement.repository.js';
import { DocumentRates } from '../fx/document-rates.book.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { PeriodRepository } from '../period/period.repository.js';
import { RatingRepository } from '../rating/rating.repository.js';
import { RateUsage } from '../rating/rating.use-cases.js';
import { settlementConfig } from '../settlement.config.js';
import { InvoiceBook } from './invoice.book.js';
import { InvoiceRepository } from './invoice.repository.js';
import { InvoiceTerms } from './invoice.terms.js';
import { IssueInvoices } from './invoice.use-cases.js';
import { SettlingRepository } from './settling.repository.js';

export type { Agreement } from '../agreement/agreement.js';
export type { UsagePeriod } from '../rating/rating.js';

/** Rating and invoicing without the service around them, for benchmarks: what the subscriber and the route call. */
export function invoicing(uow: UnitOfWork, clock: Clock) {
  const config = settlementConfig.parse({});
  const periods = new PeriodRepository();
  const ledger = new LedgerRepository(clock);
  const rates = new DocumentRates(clock, config);
  const book = new InvoiceBook(new InvoiceRepository(), new SettlingRepository(), ledger, rates);
  const terms = new InvoiceTerms(clock, config);
  return {
    rating: new RateUsage(new AgreementRepository(), new RatingRepository(), periods, clock),
    issueAll: new IssueInvoices(uow, periods, book, terms),
    /** As many invoices of the period as `limit` says, in one transaction. */
    issueSome: (period: string, limit: number) =>
      uow.runResult(async (tx) => {
        const locked = await periods.lock(tx, period);
        if (locked === null) throw new Error(`There is no period ${period}.`);
        return book.issue(tx, { period: locked, terms: terms.now(), limit });
      }),
  };
}
