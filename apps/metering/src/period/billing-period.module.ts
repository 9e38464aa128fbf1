import { Module } from '@nestjs/common';
import { AdjustmentModule } from '../correction/adjustment.module.js';
import { UsageLogModule } from '../ingestion/pack/usage-log.module.js';
import { BillingPeriodRepository } from './billing-period.repository.js';
import { ClosePeriod } from './close-period.use-cases.js';
import { ListPeriod } from './list-period.use-cases.js';
import { PublishPeriod } from './publish-period.use-cases.js';
import { PeriodFence } from './period-fence.repository.js';
import { PeriodController } from './period.controller.js';
import { PeriodQueries } from './period.queries.js';
import { SealPeriod } from './seal-period.use-cases.js';

@Module({
  imports: [AdjustmentModule, UsageLogModule],
  controllers: [PeriodController],
  providers: [ClosePeriod, SealPeriod, ListPeriod, PublishPeriod, PeriodFence, BillingPeriodRepository, PeriodQueries],
  exports: [BillingPeriodRepository, PeriodQueries],
})
export class BillingPeriodModule {}
