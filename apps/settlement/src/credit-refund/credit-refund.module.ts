import { Module } from '@nestjs/common';
import { HoldModule } from '../holds/hold.module.js';
import { PayoutModule } from '../payout/payout.module.js';
import { CreditRefundBook } from './credit-refund.book.js';
import { CreditRefundController } from './credit-refund.controller.js';
import { CreditRefundStore } from './credit-refund.store.js';
import { DecideCreditRefund, ProposeCreditRefund } from './credit-refund.use-cases.js';

/** What buyers have on account goes back to them. */
@Module({
  imports: [HoldModule, PayoutModule],
  controllers: [CreditRefundController],
  providers: [CreditRefundStore, CreditRefundBook, ProposeCreditRefund, DecideCreditRefund],
})
export class CreditRefundModule {}
