import { Module } from '@nestjs/common';
import { ParticipantModule } from './participant/participant.module.js';
import { ProductModule } from './product/product.module.js';
import { ProfilingModule } from './profiling/profiling.module.js';
import { SearchModule } from './search/search.module.js';

@Module({ imports: [ParticipantModule, ProductModule, ProfilingModule, SearchModule] })
export class CatalogModule {}
