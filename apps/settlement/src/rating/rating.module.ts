import { Module } from '@nestjs/common';
import { AdjustmentModule } from '../adjustment/adjustment.module.js';
import { AgreementModule } from '../agreement/agreement.module.js';
import { PeriodStoreModule } from '../period/period-store.module.js';
import { ChargeController } from './charge.controller.js';
import { ChargeQueries } from './charge.queries.js';
import { RatingRepository } from './rating.repository.js';
import { RatingSubscriber } from './rating.subscriber.js';
import { RateUsage } from './rating.use-cases.js';

@Module({
  imports: [AdjustmentModule, AgreementModule, PeriodStoreModule],
  controllers: [RatingSubscriber, ChargeController],
  providers: [RatingRepository, RateUsage, ChargeQueries],
})
export class RatingModule {}
