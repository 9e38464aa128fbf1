import { Module } from '@nestjs/common';
import { AgreementModule } from '../agreement/agreement.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PeriodStoreModule } from '../period/period-store.module.js';
import { PayoutBook } from './payout.book.js';
import { PayoutController } from './payout.controller.js';
import { PayoutQueries } from './payout.queries.js';
import { PayoutRepository } from './payout.repository.js';
import { InstructPayouts } from './payout.use-cases.js';

@Module({
  imports: [AgreementModule, LedgerModule, PeriodStoreModule],
  controllers: [PayoutController],
  providers: [PayoutRepository, PayoutBook, PayoutQueries, InstructPayouts],
  exports: [PayoutBook],
})
export class PayoutModule {}
