import { Module } from '@nestjs/common';
import { CertificateModule } from '../certificate/certificate.module.js';
import { CommentModule } from '../comment/comment.module.js';
import { HistoryModule } from '../history/history.module.js';
import { ParticipantModule } from '../participant/participant.module.js';
import { ReviewModule } from '../review/review.module.js';
import { SearchModule } from '../search/search.module.js';
import { ListingDesk } from './listing-desk.repository.js';
import { ListingOutcome } from './listing-outcome.repository.js';
import { ListingReviewController } from './listing-review.controller.js';
import { ChangeListing } from './listing-review.use-cases.js';
import { NextVersion } from './next-version.use-cases.js';
import { ProductController } from './product.controller.js';
import { ProductQueries } from './product.queries.js';
import { ProductRepository } from './product.repository.js';
import { DraftProduct, ReviseProduct } from './product.use-cases.js';
import { ReviewDeskController } from './review-desk.controller.js';
import { ReviewDesk } from './review-desk.use-cases.js';
import { SubmissionRepository } from './submission.repository.js';
import { VersionController } from './version.controller.js';
import { VersionQueries } from './version.queries.js';
import { VersionRepository } from './version.repository.js';

@Module({
  imports: [HistoryModule, ParticipantModule, CertificateModule, CommentModule, ReviewModule, SearchModule],
  controllers: [ProductController, ListingReviewController, ReviewDeskController, VersionController],
  providers: [
    ProductRepository,
    ProductQueries,
    DraftProduct,
    ReviseProduct,
    ListingDesk,
    ListingOutcome,
    ChangeListing,
    ReviewDesk,
    SubmissionRepository,
    VersionRepository,
    VersionQueries,
    NextVersion,
  ],
  exports: [ProductRepository, ProductQueries, DraftProduct, ReviseProduct, ListingDesk, ListingOutcome, NextVersion],
})
export class ProductModule {}
