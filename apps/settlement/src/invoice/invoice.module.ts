import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PeriodStoreModule } from '../period/period-store.module.js';
import { InvoiceBook } from './invoice.book.js';
import { InvoiceController } from './invoice.controller.js';
import { InvoiceQueries } from './invoice.queries.js';
import { InvoiceRepository } from './invoice.repository.js';
import { InvoiceTerms } from './invoice.terms.js';
import { IssueInvoices } from './invoice.use-cases.js';
import { SettlingRepository } from './settling.repository.js';

@Module({
  imports: [LedgerModule, PeriodStoreModule],
  controllers: [InvoiceController],
  providers: [InvoiceRepository, SettlingRepository, InvoiceBook, InvoiceTerms, InvoiceQueries, IssueInvoices],
  exports: [InvoiceBook, InvoiceRepository, SettlingRepository],
})
export class InvoiceModule {}
