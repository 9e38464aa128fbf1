import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import type { UsageEvent } from '../ingestion/usage-event.js';
import type { AcceptedUsage, UsageSink } from '../ingestion/usage.sink.js';
import { MeterRepository } from '../meter/meter.repository.js';
import { BillingPeriodRepository, type ClosedPeriod } from '../period/billing-period.repository.js';
import { msPerDay } from '../window/instant.js';
import { AdjustmentRepository } from './adjustment.repository.js';

/** Usage that is reported after its month was closed, where the meters of its agreement take such usage. */
@Injectable()
export class LateUsage implements UsageSink {
  constructor(
    private readonly meters: MeterRepository,
    private readonly periods: BillingPeriodRepository,
    private readonly adjustments: AdjustmentRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Those of the events that count although their month is closed: every meter of the event adjusts, the event is not
   * older than each of them allows, and the month is not just being published.
   */
  async admitted(
    tx: Tx,
    events: readonly UsageEvent[],
    closed: readonly ClosedPeriod[],
  ): Promise<ReadonlySet<UsageEvent>> {
    const late = events.filter((event) => periodOf(event, closed)?.state === 'closed');
    const admitted = new Set<UsageEvent>();
    for (const [agreementId, ofAgreement] of Map.groupBy(late, (event) => event.agreementId)) {
      const binding = await this.meters.binding(tx.client, agreementId);
      const policies = new Map(binding.map((meter) => [meter.meter, meter.late]));
      const nowMs = this.clock.now().getTime();
      for (const event of ofAgreement) {
        const isTaken = event.quantities.every(({ meter }) => {
          const policy = policies.get(meter);
          return policy?.mode === 'adjust' && nowMs - event.timeMs <= policy.maxDays * msPerDay;
        });
        if (isTaken) admitted.add(event);
      }
    }
    return admitted;
  }

  /** Marks the closed months that got usage: the next one that closes charges the difference. */
  async counted(tx: Tx, usage: readonly AcceptedUsage[]): Promise<void> {
    let [first, last] = [Infinity, -Infinity];
    for (const { event } of usage) {
      first = Math.min(first, event.timeMs);
      last = Math.max(last, event.timeMs);
    }
    // What a month that is being closed still counts was durable before: it is not late.
    const closed = (await this.periods.closedBetween(tx, first, last)).filter(({ state }) => state === 'closed');
    if (closed.length === 0) return;
    const marks = new Map<string, { period: string; agreementId: string }>();
    for (const { event, agreementId } of usage) {
      const period = periodOf(event, closed)?.period;
      if (period !== undefined) marks.set(`${period} ${agreementId}`, { period, agreementId });
    }
    await this.adjustments.markLate(tx, [...marks.values()]);
  }
}

function periodOf({ timeMs }: UsageEvent, closed: readonly ClosedPeriod[]): ClosedPeriod | undefined {
  return closed.find((period) => period.startMs <= timeMs && timeMs < period.endMs);
}
