import { Module } from '@nestjs/common';
import { BillingPeriodRepository } from './billing-period.repository.js';
import { ClosePeriod } from './close-period.use-cases.js';
import { PeriodController } from './period.controller.js';
import { PeriodQueries } from './period.queries.js';

@Module({
  controllers: [PeriodController],
  providers: [ClosePeriod, BillingPeriodRepository, PeriodQueries],
  exports: [BillingPeriodRepository, PeriodQueries],
})
export class BillingPeriodModule {}
