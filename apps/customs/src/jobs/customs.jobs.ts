import { Inject, Injectable } from '@nestjs/common';
import { Jobs, SERVICE_CONFIG } from '@hetao/runtime';
import type { CustomsConfig } from '../customs.config.js';
import { ExpireReleases } from '../release/expire-releases.use-cases.js';
import { RemindOfClocks } from '../reminder/remind-of-clocks.use-cases.js';
import { ReportRuleSet } from '../rule-set/report-rule-set.use-cases.js';
import { AssessRisk } from '../risk/assess-risk.use-cases.js';

/** What customs does by itself, again and again: one process at a time, each turn bounded. */
@Injectable()
export class ReleaseJobs {
  constructor(jobs: Jobs, @Inject(SERVICE_CONFIG) config: CustomsConfig, expire: ExpireReleases) {
    const intervalMs = config.EXPIRY_INTERVAL_MS;
    jobs.every({ name: 'customs: expiry of releases', intervalMs, alone: true, work: () => expire.execute() });
  }
}

/** The same for what officers are told: risk of what waits, clocks that near their end. */
@Injectable()
export class OfficeJobs {
  constructor(jobs: Jobs, @Inject(SERVICE_CONFIG) config: CustomsConfig, assess: AssessRisk, remind: RemindOfClocks) {
    jobs.every({
      name: 'customs: risk of declarations',
      intervalMs: config.RISK_INTERVAL_MS,
      alone: true,
      work: () => assess.execute(),
    });
    jobs.every({
      name: 'customs: reminders of clocks',
      intervalMs: config.REMINDER_INTERVAL_MS,
      alone: true,
      work: () => remind.execute(),
    });
  }
}

/** A published version of the rules is asked about the declarations there are, batch by batch. */
@Injectable()
export class RuleJobs {
  constructor(jobs: Jobs, @Inject(SERVICE_CONFIG) config: CustomsConfig, report: ReportRuleSet) {
    jobs.every({
      name: 'customs: what new rules would change',
      intervalMs: config.RISK_INTERVAL_MS,
      alone: true,
      work: () => report.execute(),
    });
  }
}
