import { Inject, Injectable } from '@nestjs/common';
import { Jobs, SERVICE_CONFIG } from '@hetao/runtime';
import type { CatalogConfig } from '../catalog.config.js';
import { DemandBoard } from './demand.use-cases.js';

/** Takes needs off the board when their day has come: one process at a time, each turn bounded. */
@Injectable()
export class DemandJobs {
  constructor(jobs: Jobs, @Inject(SERVICE_CONFIG) config: CatalogConfig, board: DemandBoard) {
    const intervalMs = config.UPKEEP_INTERVAL_MS;
    jobs.every({ name: 'catalog: end of demands', intervalMs, alone: true, work: () => board.expire() });
  }
}
