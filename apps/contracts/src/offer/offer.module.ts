import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { OfferController } from './offer.controller.js';
import { OfferQueries } from './offer.queries.js';
import { OfferRepository } from './offer.repository.js';
import { PublishOffer, WithdrawOffer } from './offer.use-cases.js';

@Module({
  imports: [DirectoryModule],
  controllers: [OfferController],
  providers: [OfferRepository, OfferQueries, PublishOffer, WithdrawOffer],
  exports: [OfferRepository, OfferQueries],
})
export class OfferModule {}
