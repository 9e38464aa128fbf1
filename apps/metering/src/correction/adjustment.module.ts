import { Module } from '@nestjs/common';
import { PeriodTotalsModule } from '../period/period-totals.module.js';
import { AdjustPeriod } from './adjust-period.use-cases.js';
import { AdjustmentRepository } from './adjustment.repository.js';
import { CorrectionRepository } from './correction.repository.js';
import { TermsRepository } from './terms.repository.js';
import { TermsSubscriber } from './terms.subscriber.js';

/** What closing a month and correcting usage have in common. */
@Module({
  imports: [PeriodTotalsModule],
  controllers: [TermsSubscriber],
  providers: [AdjustPeriod, AdjustmentRepository, CorrectionRepository, TermsRepository],
  exports: [AdjustPeriod, AdjustmentRepository, CorrectionRepository, TermsRepository, PeriodTotalsModule],
})
export class AdjustmentModule {}
