import { Jobs, SERVICE_CONFIG } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { SettlementConfig } from '../settlement.config.js';
import { RunPayouts } from './payout-run.use-cases.js';

/** Several times a day: what is due today is also what arrives at the bank during the day. */
@Injectable()
export class PayoutRunTimer {
  constructor(jobs: Jobs, run: RunPayouts, @Inject(SERVICE_CONFIG) config: SettlementConfig) {
    jobs.every({
      name: 'settlement: payouts on days of their own',
      intervalMs: config.PAYOUT_RUN_MINUTES * 60_000,
      alone: true,
      work: () => run.execute(),
    });
  }
}
