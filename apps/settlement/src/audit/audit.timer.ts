import type { Clock } from '@hetao/kernel';
import { CLOCK, Jobs, SERVICE_CONFIG } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { dateIn, dateStartMs } from '../period/period.js';
import type { SettlementConfig } from '../settlement.config.js';
import { AuditLedger } from './audit.use-cases.js';

const EVERY_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;

/** Audits once a day, from an hour of the night on. */
@Injectable()
export class AuditTimer {
  constructor(
    jobs: Jobs,
    audit: AuditLedger,
    @Inject(CLOCK) clock: Clock,
    @Inject(SERVICE_CONFIG) { LEGAL_TIME_ZONE: zone, AUDIT_HOUR: hour }: SettlementConfig,
  ) {
    jobs.every({
      name: 'settlement: audit of the ledger',
      intervalMs: EVERY_MS,
      alone: true,
      work: async () => {
        const now = clock.now();
        const due = new Date(dateStartMs(dateIn(zone, now.getTime()), zone) + hour * HOUR_MS);
        if (now >= due) await audit.unlessSince(due, 'nightly');
      },
    });
  }
}
