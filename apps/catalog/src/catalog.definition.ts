import { defineService } from '@hetao/runtime';
import { catalogConfig } from './catalog.config.js';
import { CatalogModule } from './catalog.module.js';
import { catalogTenancy } from './database/catalog.tenancy.js';
import { catalogMigrations } from './database/migrations/index.js';
import { HistoryRow } from './history/history.entity.js';
import { ParticipantRow } from './participant/participant.entity.js';
import { ProductRow } from './product/product.entity.js';
import { streamParts } from './profiling/profiling.http.js';

/** Participants, data products, listing review. */
export const catalogService = defineService({
  name: 'catalog',
  module: CatalogModule,
  config: catalogConfig,
  entities: [ParticipantRow, ProductRow, HistoryRow],
  migrations: catalogMigrations,
  tenancy: catalogTenancy,
  // A listing as a file.
  bodyParsers: [{ mediaType: 'application/yaml', as: 'text', limitBytes: 1_000_000 }],
  configureHttp: streamParts,
});
