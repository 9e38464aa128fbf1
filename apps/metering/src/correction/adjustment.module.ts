import { Module } from '@nestjs/common';
import { PeriodTotalsModule } from '../period/period-totals.module.js';
import { AdjustPeriod } from './adjust-period.use-cases.js';
import { AdjustmentRepository } from './adjustment.repository.js';
import { CorrectionRepository } from './correction.repository.js';
import { TermsModule } from '../terms/terms.module.js';

/** What closing a month and correcting usage have in common. */
@Module({
  imports: [PeriodTotalsModule, TermsModule],
  providers: [AdjustPeriod, AdjustmentRepository, CorrectionRepository],
  exports: [AdjustPeriod, AdjustmentRepository, CorrectionRepository, PeriodTotalsModule, TermsModule],
})
export class AdjustmentModule {}
