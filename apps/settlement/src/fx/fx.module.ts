import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { CurrencyBook } from './currency.book.js';
import { DocumentRates } from './document-rates.book.js';
import { FxClose } from './fx-close.book.js';
import { FxController } from './fx.controller.js';
import { FxQueries } from './fx.queries.js';
import { FxRepository } from './fx.repository.js';
import { ImportRates } from './import-rates.use-case.js';

@Module({
  imports: [LedgerModule],
  controllers: [FxController],
  providers: [FxRepository, ImportRates, FxQueries, DocumentRates, FxClose, CurrencyBook],
  exports: [DocumentRates, FxClose, CurrencyBook],
})
export class FxModule {}
