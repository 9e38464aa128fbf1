import { Injectable } from '@nestjs/common';
import { UsagePeriodClosedV1, UsagePeriodCompletedV1, UsageWindowClosedV1 } from '@hetao/events';
import { deterministicId } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { AdjustPeriod } from '../correction/adjust-period.use-cases.js';
import { AdjustmentRepository } from '../correction/adjustment.repository.js';
import { formatInstant } from '../window/instant.js';
import { windowEndMs, windowId } from '../window/usage-window.js';
import {
  BillingPeriodRepository,
  type ClosedPeriod,
  type PendingAgreement,
  type PublishedWindow,
} from './billing-period.repository.js';
import { type PeriodTotal, PeriodTotals } from './period-totals.queries.js';

/** Agreements published in one transaction: at most 744 windows each, far below what a transaction may append. */
export const agreementsAStep = 10;

/** Publishes a month that takes no more usage, some agreements at a time. */
@Injectable()
export class PublishPeriod {
  constructor(
    private readonly periods: BillingPeriodRepository,
    private readonly totals: PeriodTotals,
    private readonly adjusting: AdjustPeriod,
    private readonly adjustments: AdjustmentRepository,
  ) {}

  /** The next step. Of two at once one works, the other waits. @param name YYYY-MM, of a month that is listed. */
  async execute(tx: Tx, name: string): Promise<ClosedPeriod> {
    const period = await this.periods.lock(tx, name);
    if (period.state === 'closed') return period;
    const agreements = await this.periods.pending(tx, period.period, agreementsAStep);
    const agreementIds = agreements.map((agreement) => agreement.agreementId);
    const windows = Map.groupBy(await this.periods.windows(tx, period, agreementIds), (one) => one.agreementId);
    for (const agreement of agreements) {
      const { agreementId } = agreement;
      await this.#settleLate(tx, period, agreement);
      const totals = await this.totals.of(tx.client, agreementId, period);
      await this.adjustments.state(tx, period.period, agreementId, totals);
      appendAgreement(tx, period, agreement, { windows: windows.get(agreementId) ?? [], totals });
    }
    await this.periods.markPublished(tx, period.period, agreementIds);
    if (agreements.length === agreementsAStep) return period;
    tx.append(UsagePeriodCompletedV1, {
      period: period.period,
      timeZone: period.timeZone,
      agreements: period.agreements,
      closedAt: formatInstant(period.sealedAtMs),
    });
    await this.periods.markClosed(tx, period.period);
    return { ...period, state: 'closed' };
  }

  /** What came late for earlier months is charged in this one, so it is stated before this one is. */
  async #settleLate(tx: Tx, period: ClosedPeriod, agreement: PendingAgreement): Promise<void> {
    const find = (months: readonly string[]) => this.periods.closed(tx, months);
    await this.adjusting.settleLate(tx, agreement, find, { into: period.period, at: new Date(period.sealedAtMs) });
  }
}

function appendAgreement(
  tx: Tx,
  period: ClosedPeriod,
  agreement: PendingAgreement,
  { windows, totals }: { readonly windows: readonly PublishedWindow[]; readonly totals: readonly PeriodTotal[] },
): void {
  const closedAt = formatInstant(period.sealedAtMs);
  const { agreementId } = agreement;
  for (const { windowStartMs, totals } of windows) {
    tx.append(UsageWindowClosedV1, {
      windowId: windowId(agreementId, windowStartMs),
      agreementId,
      windowStart: formatInstant(windowStartMs),
      // Where the clock changed by half an hour, the last hour of the month is a short one.
      windowEnd: formatInstant(Math.min(windowEndMs(windowStartMs), period.endMs)),
      totals: [...totals],
      closedAt,
    });
  }
  tx.append(UsagePeriodClosedV1, {
    ...agreement,
    periodId: deterministicId('per', period.period, agreementId),
    period: period.period,
    timeZone: period.timeZone,
    totals: [...totals],
    windows: windows.length,
    closedAt,
  });
}
