import { InvoiceIssuedV1, UsageCorrectedV1, type ReceivedEvent } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { HandlesBatch } from '@hetao/runtime';
import { Controller } from '@nestjs/common';
import { AdjustUsage } from './adjustment.use-cases.js';

/** Corrections come on the key of the months, so before the month they are charged in is stated. */
@Controller()
export class AdjustmentSubscriber {
  readonly #adjust: AdjustUsage;

  constructor(adjust: AdjustUsage) {
    this.#adjust = adjust;
  }

  @HandlesBatch(UsageCorrectedV1)
  async usageCorrected(events: readonly ReceivedEvent<UsageCorrectedV1>[], tx: Tx): Promise<void> {
    await this.#adjust.corrected(
      tx,
      events.map(({ data }) => ({
        adjustmentId: data.adjustmentId,
        correctionId: data.correctionId,
        agreementId: data.agreementId,
        originalPeriod: data.originalPeriod,
        originalPeriodId: data.originalPeriodId,
        adjustmentPeriod: data.adjustmentPeriod,
        cause: data.cause,
        reason: data.reason,
        before: data.before,
        after: data.after,
        appliedAt: new Date(data.appliedAt),
      })),
    );
  }

  /** What is owed back for a month waits for its invoice. */
  @HandlesBatch(InvoiceIssuedV1)
  async invoicesIssued(events: readonly ReceivedEvent<InvoiceIssuedV1>[], tx: Tx): Promise<void> {
    await this.#adjust.invoiced(
      tx,
      events.map(({ data }) => data.agreementId),
    );
  }
}
