import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/history.module.js';
import { ParticipantModule } from '../participant/participant.module.js';
import { ListingReviewController } from './listing-review.controller.js';
import { ChangeListing } from './listing-review.use-cases.js';
import { ProductController } from './product.controller.js';
import { ProductQueries } from './product.queries.js';
import { ProductRepository } from './product.repository.js';
import { DraftProduct, ReviseProduct } from './product.use-cases.js';

@Module({
  imports: [HistoryModule, ParticipantModule],
  controllers: [ProductController, ListingReviewController],
  providers: [ProductRepository, ProductQueries, DraftProduct, ReviseProduct, ChangeListing],
})
export class ProductModule {}
