import { Module } from '@nestjs/common';
import { FxModule } from '../fx/fx.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PeriodStoreModule } from '../period/period-store.module.js';
import { DraftInvoices } from './draft-invoices.use-case.js';
import { InvoiceBook } from './invoice.book.js';
import { InvoiceController } from './invoice.controller.js';
import { InvoiceQueries } from './invoice.queries.js';
import { InvoiceRepository } from './invoice.repository.js';
import { InvoiceTerms } from './invoice.terms.js';
import { IssueInvoices } from './invoice.use-cases.js';
import { SettlingRepository } from './settling.repository.js';
import { VoidInvoiceController } from './void-invoice.controller.js';
import { VoidInvoice } from './void-invoice.use-case.js';

@Module({
  imports: [FxModule, LedgerModule, PeriodStoreModule],
  controllers: [InvoiceController, VoidInvoiceController],
  providers: [
    InvoiceRepository,
    SettlingRepository,
    InvoiceBook,
    InvoiceTerms,
    InvoiceQueries,
    IssueInvoices,
    DraftInvoices,
    VoidInvoice,
  ],
  exports: [InvoiceBook, InvoiceQueries, InvoiceRepository, InvoiceTerms, SettlingRepository],
})
export class InvoiceModule {}
