import { Module } from '@nestjs/common';
import { CreditModule } from './credit/credit.module.js';
import { DemandModule } from './demand/demand.module.js';
import { DiscoveryModule } from './discovery/discovery.module.js';
import { ListingFileModule } from './listing-file/listing-file.module.js';
import { ParticipantModule } from './participant/participant.module.js';
import { ProductModule } from './product/product.module.js';
import { ProfilingModule } from './profiling/profiling.module.js';
import { SavedSearchModule } from './saved-search/saved-search.module.js';
import { SearchModule } from './search/search.module.js';
import { TeamModule } from './team/team.module.js';
import { UpkeepModule } from './upkeep/upkeep.module.js';

@Module({
  imports: [
    ParticipantModule,
    TeamModule,
    ProductModule,
    UpkeepModule,
    DemandModule,
    CreditModule,
    ListingFileModule,
    ProfilingModule,
    SearchModule,
    SavedSearchModule,
    DiscoveryModule,
  ],
})
export class CatalogModule {}
