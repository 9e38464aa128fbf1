import { Module } from '@nestjs/common';
import { InvoiceModule } from '../invoice/invoice.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { CreditNoteBook } from './credit-note.book.js';
import { CreditNoteController } from './credit-note.controller.js';
import { CreditNoteQueries } from './credit-note.queries.js';
import { CreditNoteRepository } from './credit-note.repository.js';
import { IssueCreditNote } from './credit-note.use-cases.js';

@Module({
  imports: [InvoiceModule, LedgerModule],
  controllers: [CreditNoteController],
  providers: [CreditNoteRepository, CreditNoteBook, CreditNoteQueries, IssueCreditNote],
  exports: [CreditNoteBook, CreditNoteRepository],
})
export class CreditNoteModule {}
