import { Module } from '@nestjs/common';
import { OutboundModule } from '../outbound/outbound.module.js';
import { CatalogController } from './catalog.controller.js';
import { CatalogQueries } from './catalog.queries.js';
import { PeerCatalogController } from './peer-catalog.controller.js';
import { PeerCatalogQueries } from './peer-catalog.queries.js';
import { CatalogRepository } from './catalog.repository.js';

@Module({
  imports: [OutboundModule],
  controllers: [CatalogController, PeerCatalogController],
  providers: [CatalogRepository, CatalogQueries, PeerCatalogQueries],
})
export class CatalogModule {}
