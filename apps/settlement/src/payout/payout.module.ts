import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PeriodStoreModule } from '../period/period-store.module.js';
import { PartyTermsController } from './party-terms.controller.js';
import { PartyTermsStore } from './party-terms.store.js';
import { PaymentFileController } from './payment-file.controller.js';
import { PaymentFiles } from './payment-file.store.js';
import { PayoutBook } from './payout.book.js';
import { PayoutRunController } from './payout-run.controller.js';
import { PayoutRunTimer } from './payout-run.timer.js';
import { RunPayouts } from './payout-run.use-cases.js';
import { PayoutController } from './payout.controller.js';
import { PayoutEnding } from './payout.ending.js';
import { PayoutFacts } from './payout.facts.js';
import { PayoutQueries } from './payout.queries.js';
import { PayoutRepository } from './payout.repository.js';
import { TakeStatusReport } from './status-report.use-cases.js';
import { RefundBook } from './refund.book.js';
import { InstructPayouts } from './payout.use-cases.js';

@Module({
  imports: [LedgerModule, PeriodStoreModule],
  controllers: [PayoutController, PayoutRunController, PartyTermsController, PaymentFileController],
  providers: [
    PayoutRepository,
    PayoutBook,
    RefundBook,
    PayoutEnding,
    PayoutFacts,
    PayoutQueries,
    InstructPayouts,
    RunPayouts,
    PayoutRunTimer,
    PartyTermsStore,
    PaymentFiles,
    TakeStatusReport,
  ],
  exports: [PayoutBook, RefundBook, PayoutEnding, PayoutFacts],
})
export class PayoutModule {}
