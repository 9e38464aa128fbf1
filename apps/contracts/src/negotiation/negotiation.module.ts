import { Module } from '@nestjs/common';
import { AgreementModule } from '../agreement/agreement.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { OfferModule } from '../offer/offer.module.js';
import { NegotiationController } from './negotiation.controller.js';
import { NegotiationQueries } from './negotiation.queries.js';
import { NegotiationRepository } from './negotiation.repository.js';
import { AnswerRequest, ExpireRequest, RequestAccess } from './negotiation.use-cases.js';

@Module({
  imports: [DirectoryModule, OfferModule, AgreementModule],
  controllers: [NegotiationController],
  providers: [NegotiationRepository, NegotiationQueries, RequestAccess, AnswerRequest, ExpireRequest],
  exports: [ExpireRequest],
})
export class NegotiationModule {}
