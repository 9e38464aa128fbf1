import { Module } from '@nestjs/common';
import { ParticipantModule } from '../participant/participant.module.js';
import { ProductModule } from '../product/product.module.js';
import { CreditController } from './credit.controller.js';
import { CreditQueries } from './credit.queries.js';
import { CreditRepository } from './credit.repository.js';
import { CreditSubscriber } from './credit.subscriber.js';
import { RefreshRecord } from './refresh.use-cases.js';

@Module({
  imports: [ParticipantModule, ProductModule],
  controllers: [CreditController, CreditSubscriber],
  providers: [CreditRepository, CreditQueries, RefreshRecord],
})
export class CreditModule {}
