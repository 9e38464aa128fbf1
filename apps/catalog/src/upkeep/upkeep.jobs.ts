import { Inject, Injectable } from '@nestjs/common';
import { Jobs, SERVICE_CONFIG } from '@hetao/runtime';
import type { CatalogConfig } from '../catalog.config.js';
import { KeepUp } from './keep-up.use-cases.js';

/** What the catalog does by itself, again and again: one process at a time. */
@Injectable()
export class CatalogJobs {
  constructor(jobs: Jobs, @Inject(SERVICE_CONFIG) config: CatalogConfig, keepUp: KeepUp) {
    const intervalMs = config.UPKEEP_INTERVAL_MS;
    jobs.every({ name: 'catalog: upkeep of listings', intervalMs, alone: true, work: () => keepUp.execute() });
  }
}
