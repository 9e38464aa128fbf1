import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import type { UsageSender } from '../entitlement/entitlement.js';
import { AdmitUsage } from './admit-usage.use-cases.js';
import { CountUsage } from './count-usage.use-cases.js';
import type { EventSlice } from './event-body.js';
import type { BatchCounts } from './ingestion.repository.js';
import type { Outcome } from './outcome.js';
import { readUsageEvent } from './usage-event.js';

/** What became of a request. */
export interface IngestionReport {
  readonly batchId: string;
  readonly counts: BatchCounts;
  /** One item an event, in the order of the request. */
  readonly items: readonly IngestionItem[];
}

export interface IngestionItem {
  /** The event's own id; null where it could not be read. */
  readonly id: string | null;
  readonly outcome: Outcome;
}

/** Takes usage events and answers for each, once everything that was accepted is durable. */
@Injectable()
export class IngestUsage {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly admission: AdmitUsage,
    private readonly counting: CountUsage,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Counts what can be counted; broken, refused and repeated events never keep the others from it. */
  async execute(sender: UsageSender, slices: readonly EventSlice[]): Promise<IngestionReport> {
    const receivedAt = this.clock.now();
    const read = slices.map((slice) => readUsageEvent(slice, receivedAt.getTime()));
    const events = read.flatMap((one) => (one.ok ? [one.value] : []));
    const batchId = newId('bat');
    const { outcomes, counts } = await this.uow.run(async (tx) => {
      const { refusals, quotaAgreementIds } = await this.admission.execute(tx, sender, events);
      return this.counting.execute(tx, {
        batchId,
        senderId: sender.senderId,
        receivedAt,
        unreadable: read.length - events.length,
        events: events.map((event, at) => ({ event, refusal: refusals[at] })),
        quotaAgreementIds,
      });
    });
    const remaining = outcomes.values();
    const items = read.map((one): IngestionItem => {
      if (!one.ok) return { id: one.error.id, outcome: { status: 'rejected', error: one.error.error } };
      // One outcome a readable event, in the same order: the counting never drops one.
      return { id: one.value.id, outcome: remaining.next().value as Outcome };
    });
    return { batchId, counts, items };
  }
}
