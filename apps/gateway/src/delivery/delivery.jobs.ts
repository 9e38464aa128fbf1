import { Inject, Injectable } from '@nestjs/common';
import { Jobs, SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { DeliveryRepository } from './delivery.repository.js';
import { ReportUsage } from './report-usage.use-cases.js';

const LOST_EVERY_MS = 60_000;

/** What is done about deliveries again and again: told to metering, and tidied up after a process that died. */
@Injectable()
export class DeliveryJobs {
  constructor(
    jobs: Jobs,
    usage: ReportUsage,
    deliveries: DeliveryRepository,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
  ) {
    const { DELIVERY_REPORT_MS: intervalMs } = config;
    jobs.every({ name: 'gateway: usage of deliveries', intervalMs, alone: true, work: () => usage.execute() });
    const closeLost = () => deliveries.closeLost();
    jobs.every({ name: 'gateway: lost calls', intervalMs: LOST_EVERY_MS, alone: true, work: closeLost });
  }
}
