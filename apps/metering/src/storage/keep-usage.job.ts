import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import { CLOCK, Jobs, SERVICE_CONFIG } from '@hetao/runtime';
import type { MeteringConfig } from '../metering.config.js';
import { ArchiveUsage } from './archive-usage.use-cases.js';
import { receiptDay } from './batch-no.js';
import { Partitions } from './partition.repository.js';

const EVERY_MS = 15 * 60_000;

/** Keeps storage within its policy: days are archived, then dropped; keys and minutes are forgotten after their time. */
@Injectable()
export class KeepUsage {
  constructor(
    private readonly archive: ArchiveUsage,
    private readonly partitions: Partitions,
    @Inject(SERVICE_CONFIG) private readonly config: MeteringConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One turn: at most one day is archived and one dropped, so that it never holds up a stop for long. */
  async execute(): Promise<void> {
    const today = receiptDay(this.clock.now().getTime());
    const { METERING_ARCHIVE_AFTER_DAYS: archiveAfter, METERING_RAW_DAYS: keepRaw } = this.config;
    const days = await this.partitions.days();
    const archived = new Set(await this.partitions.archivedDays());
    if (this.archive.isConfigured) {
      const due = days.find((day) => day < today - archiveAfter && !archived.has(day));
      if (due !== undefined) await this.archive.archive(due);
      // Without an archive nothing is dropped, however old it is.
      const old = days.find((day) => day < today - keepRaw && archived.has(day));
      if (old !== undefined) await this.archive.drop(old);
    }
    await this.partitions.forgetKeys(today - this.config.METERING_KEY_DAYS);
    await this.partitions.forgetMinutes(today - this.config.METERING_MINUTE_DAYS);
  }
}

/** Takes a turn every quarter of an hour, in one process of the service. */
@Injectable()
export class KeepUsageJob {
  constructor(jobs: Jobs, keep: KeepUsage) {
    jobs.every({ name: 'metering: storage', intervalMs: EVERY_MS, work: () => keep.execute(), alone: true });
  }
}
