import { Module } from '@nestjs/common';
import { PeerModule } from '../peer/peer.module.js';
import { CatalogController } from './catalog.controller.js';
import { CatalogQueries } from './catalog.queries.js';
import { CatalogRepository } from './catalog.repository.js';

@Module({ imports: [PeerModule], controllers: [CatalogController], providers: [CatalogRepository, CatalogQueries] })
export class CatalogModule {}
