import { Inject, Injectable } from '@nestjs/common';
import { Jobs, SERVICE_CONFIG } from '@hetao/runtime';
import type { CustomsConfig } from '../customs.config.js';
import { ExpireReleases } from '../release/expire-releases.use-cases.js';
import { AssessRisk } from '../risk/assess-risk.use-cases.js';

/** What customs does by itself, again and again: one process at a time, each turn bounded. */
@Injectable()
export class CustomsJobs {
  constructor(jobs: Jobs, @Inject(SERVICE_CONFIG) config: CustomsConfig, expire: ExpireReleases, assess: AssessRisk) {
    const intervalMs = config.EXPIRY_INTERVAL_MS;
    jobs.every({ name: 'customs: expiry of releases', intervalMs, alone: true, work: () => expire.execute() });
    jobs.every({ name: 'customs: risk of declarations', intervalMs, alone: true, work: () => assess.execute() });
  }
}
