import { Inject, Injectable } from '@nestjs/common';
import { Jobs, SERVICE_CONFIG } from '@hetao/runtime';
import type { SandboxConfig } from '../sandbox.config.js';
import { RunJobs } from './run-jobs.use-cases.js';

const PAUSE_MS = 100;
const SWEEP_MS = 60_000;

/** As many queues as there may be workers, each with one job at a time. */
@Injectable()
export class JobTimer {
  constructor(jobs: Jobs, run: RunJobs, @Inject(SERVICE_CONFIG) config: SandboxConfig) {
    for (let worker = 1; worker <= config.SANDBOX_WORKERS; worker += 1) {
      jobs.every({ name: `sandbox: jobs, worker ${worker}`, intervalMs: PAUSE_MS, work: () => run.execute() });
    }
    jobs.every({
      name: 'sandbox: stranded jobs',
      intervalMs: SWEEP_MS,
      work: () => run.clearStranded(),
      alone: true,
      atOnce: true,
    });
  }
}
