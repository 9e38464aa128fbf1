import { Module } from '@nestjs/common';
import { SearchModule } from '../search/search.module.js';
import { SavedSearchController } from './saved-search.controller.js';
import { SavedSearchQueries } from './saved-search.queries.js';
import { SavedSearchRepository } from './saved-search.repository.js';
import { SavedSearchSubscriber } from './saved-search.subscriber.js';
import { KeepSearches } from './saved-search.use-cases.js';

@Module({
  imports: [SearchModule],
  controllers: [SavedSearchController, SavedSearchSubscriber],
  providers: [SavedSearchRepository, SavedSearchQueries, KeepSearches],
})
export class SavedSearchModule {}
