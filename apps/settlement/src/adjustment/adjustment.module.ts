import { Module } from '@nestjs/common';
import { AgreementModule } from '../agreement/agreement.module.js';
import { CreditNoteModule } from '../credit-note/credit-note.module.js';
import { InvoiceModule } from '../invoice/invoice.module.js';
import { AdjustmentController } from './adjustment.controller.js';
import { AdjustmentCredits } from './adjustment-credit.book.js';
import { AdjustmentQueries } from './adjustment.queries.js';
import { AdjustmentRepository } from './adjustment.repository.js';
import { AdjustmentSubscriber } from './adjustment.subscriber.js';
import { AdjustUsage } from './adjustment.use-cases.js';

@Module({
  imports: [AgreementModule, CreditNoteModule, InvoiceModule],
  controllers: [AdjustmentSubscriber, AdjustmentController],
  providers: [AdjustmentRepository, AdjustmentCredits, AdjustUsage, AdjustmentQueries],
  exports: [AdjustUsage],
})
export class AdjustmentModule {}
