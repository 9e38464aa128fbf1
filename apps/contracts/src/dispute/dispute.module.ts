import { Module } from '@nestjs/common';
import { AgreementModule } from '../agreement/agreement.module.js';
import { AgreementDisputeController } from './dispute.controller.js';
import { DisputeQueries } from './dispute.queries.js';
import { DisputeRepository } from './dispute.repository.js';
import { ActOnDispute, OpenDispute } from './dispute.use-cases.js';

@Module({
  imports: [AgreementModule],
  controllers: [AgreementDisputeController],
  providers: [DisputeRepository, DisputeQueries, OpenDispute, ActOnDispute],
})
export class DisputeModule {}
