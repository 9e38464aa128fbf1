import { Module } from '@nestjs/common';
import { ProductIndex } from '../product/product-index.port.js';
import { ProductQueries } from '../product/product.queries.js';
import { IndexMirror } from './index.mirror.js';
import { OfferSubscriber } from './offer.subscriber.js';
import { SearchController } from './search.controller.js';
import { SearchIndex } from './search.index.js';
import { SearchIndexRepository } from './search-index.repository.js';
import { SearchQueries } from './search.queries.js';
import { SimilarQueries } from './similar.queries.js';
import { SpellingQueries } from './spelling.queries.js';

@Module({
  controllers: [SearchController, OfferSubscriber],
  providers: [
    SearchIndexRepository,
    SearchIndex,
    { provide: ProductIndex, useExisting: SearchIndex },
    IndexMirror,
    SpellingQueries,
    SearchQueries,
    SimilarQueries,
    ProductQueries,
  ],
  exports: [ProductIndex, SearchQueries],
})
export class SearchModule {}
