import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PeriodStoreModule } from '../period/period-store.module.js';
import { PayoutBook } from './payout.book.js';
import { PayoutController } from './payout.controller.js';
import { PayoutEnding } from './payout.ending.js';
import { PayoutFacts } from './payout.facts.js';
import { PayoutQueries } from './payout.queries.js';
import { PayoutRepository } from './payout.repository.js';
import { RefundBook } from './refund.book.js';
import { InstructPayouts } from './payout.use-cases.js';

@Module({
  imports: [LedgerModule, PeriodStoreModule],
  controllers: [PayoutController],
  providers: [PayoutRepository, PayoutBook, RefundBook, PayoutEnding, PayoutFacts, PayoutQueries, InstructPayouts],
  exports: [PayoutBook, RefundBook, PayoutEnding],
})
export class PayoutModule {}
