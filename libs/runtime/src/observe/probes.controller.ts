import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../caller/route-policy.js';
import { ServiceMetrics } from './metrics.js';
import { Readiness, type ReadinessReport } from './readiness.js';

/** What whoever runs the service asks it. Public on the service's own port, which only the inside can reach. */
@Controller()
@Public()
@ApiExcludeController()
export class ProbesController {
  readonly #readiness: Readiness;
  readonly #metrics: ServiceMetrics;

  constructor(readiness: Readiness, metrics: ServiceMetrics) {
    this.#readiness = readiness;
    this.#metrics = metrics;
  }

  /** Alive means: the event loop turns. It asks nobody else, or one outage would become a restart loop. */
  @Get('livez')
  livez(): { status: 'alive' } {
    return { status: 'alive' };
  }

  @Get('readyz')
  async readyz(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessReport> {
    const report = await this.#readiness.report();
    void reply.status(report.ready ? 200 : 503).header('cache-control', 'no-store');
    return report;
  }

  @Get('metrics')
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(this.#metrics.contentType);
    return this.#metrics.text();
  }
}
