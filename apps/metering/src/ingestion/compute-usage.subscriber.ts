import { Controller } from '@nestjs/common';
import { ComputeUsedV1, type ReceivedEvent } from '@hetao/events';
import { unwrap } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Handles } from '@hetao/runtime';
import { EntitlementRepository } from '../entitlement/entitlement.repository.js';
import { splitBody } from './event-body.js';
import { IngestUsage } from './ingest-usage.use-cases.js';
import { usageEventType } from './usage-event.js';

/** Compute that an enclave served, counted like any other usage: the use's id is the event's, so it counts once. */
@Controller()
export class ComputeUsageSubscriber {
  constructor(
    private readonly ingest: IngestUsage,
    private readonly entitlements: EntitlementRepository,
  ) {}

  /** @throws Error when it is refused: it is tried again, and then stands among the dead letters. */
  @Handles(ComputeUsedV1)
  async computeUsed({ data }: ReceivedEvent<ComputeUsedV1>, tx: Tx): Promise<void> {
    const access = await this.entitlements.accessTo(tx, [data.agreementId]);
    const merchantId = access.get(data.agreementId)?.entitlements[0]?.merchantId;
    if (merchantId === undefined) throw new Error(`Agreement ${data.agreementId} is not known yet.`);
    const event = {
      ...{ specversion: '1.0', id: data.useId, source: 'hetao/sandbox', type: usageEventType },
      ...{ subject: data.agreementId, time: data.usedAt },
      data: { meters: Object.fromEntries(data.quantities.map(({ meter, quantity }) => [meter, quantity])) },
    };
    const slices = unwrap(splitBody(new TextEncoder().encode(JSON.stringify(event)), 'single'));
    // The enclave serves in its merchant's stead, who sends no count of it: this is the side of record.
    const sender = { senderId: 'sandbox', organisationId: merchantId, isSystem: false };
    const { items } = await this.ingest.execute(sender, slices);
    const outcome = items[0]?.outcome;
    if (outcome?.status === 'rejected') throw new Error(`Compute ${data.useId} was refused: ${outcome.error.detail}`);
  }
}
