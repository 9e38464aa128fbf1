import { Injectable } from '@nestjs/common';
import { Jobs } from '../jobs/jobs.js';
import { ServiceMetrics } from '../observe/metrics.js';
import { Readiness } from '../observe/readiness.js';
import type { ServiceStandingDto } from './standing.dto.js';

/** Says how this service stands, in the figures that its metrics and probes have as well. */
@Injectable()
export class StandingDesk {
  readonly #readiness: Readiness;
  readonly #metrics: ServiceMetrics;
  readonly #jobs: Jobs;

  constructor(readiness: Readiness, metrics: ServiceMetrics, jobs: Jobs) {
    this.#readiness = readiness;
    this.#metrics = metrics;
    this.#jobs = jobs;
  }

  async report(): Promise<ServiceStandingDto> {
    const [{ ready, phase, checks }, figures] = await Promise.all([this.#readiness.report(), this.#metrics.readings()]);
    const figure = (name: string): number | null => figures.get(name) ?? null;
    return {
      ...{ ready, phase, checks: { ...checks } },
      messages: {
        lag: figure('hetao_consumer_lag'),
        backlog: figure('hetao_outbox_backlog'),
        oldest_s: figure('hetao_outbox_oldest_seconds'),
        refused: figure('hetao_outbox_refused'),
        dead_letters: figure('hetao_dead_letters'),
      },
      jobs: this.#jobs.standing().map(({ name, intervalMs, lastAt, fault }) => ({
        ...{ name, every_s: intervalMs / 1_000 },
        ...{ last_at: lastAt?.toISOString() ?? null, fault: fault ?? null },
      })),
    };
  }
}
