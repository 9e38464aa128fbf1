import { Module } from '@nestjs/common';
import { AdjustmentModule } from '../correction/adjustment.module.js';
import { BillingPeriodRepository } from './billing-period.repository.js';
import { ClosePeriod } from './close-period.use-cases.js';
import { PublishPeriod } from './publish-period.use-cases.js';
import { PeriodController } from './period.controller.js';
import { PeriodQueries } from './period.queries.js';

@Module({
  imports: [AdjustmentModule],
  controllers: [PeriodController],
  providers: [ClosePeriod, PublishPeriod, BillingPeriodRepository, PeriodQueries],
  exports: [BillingPeriodRepository, PeriodQueries],
})
export class BillingPeriodModule {}
