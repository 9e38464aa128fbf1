import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Jobs, LOGGER, SERVICE_CONFIG } from '@hetao/runtime';
import type { ContractsConfig } from '../contracts.config.js';
import { SweepDeadlines, type SweepReport } from './sweep.use-cases.js';

/** Runs the sweep again and again; among processes, one works while the others pass their turn over. */
@Injectable()
export class SweepTimer {
  readonly #logger: Logger;

  constructor(
    jobs: Jobs,
    sweep: SweepDeadlines,
    @Inject(SERVICE_CONFIG) config: ContractsConfig,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#logger = logger;
    jobs.every({
      name: 'contracts: deadlines',
      intervalMs: config.SWEEP_INTERVAL_MS,
      alone: true,
      work: async () => this.#tell(await sweep.execute()),
    });
  }

  #tell({ requestsExpired, agreementsAdvanced, failures, finished }: SweepReport): void {
    for (const { id, error } of failures) this.#logger.error({ err: error, id }, 'A deadline could not be acted on');
    if (requestsExpired + agreementsAdvanced === 0) return;
    this.#logger.info({ requestsExpired, agreementsAdvanced, finished }, 'Deadlines were acted on');
  }
}
