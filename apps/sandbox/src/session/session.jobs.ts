import { Injectable } from '@nestjs/common';
import { Jobs } from '@hetao/runtime';
import { SealAbandoned } from './seal-abandoned.use-cases.js';

const LOOK_EVERY_MS = 15_000;

/** Looks for sessions whose process has died. */
@Injectable()
export class SessionJobs {
  constructor(jobs: Jobs, abandoned: SealAbandoned) {
    const work = () => abandoned.execute();
    jobs.every({ name: 'sandbox: abandoned sessions', intervalMs: LOOK_EVERY_MS, work, alone: true });
  }
}
