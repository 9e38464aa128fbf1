import { Inject, Injectable } from '@nestjs/common';
import { UsagePeriodClosedV1, UsagePeriodCompletedV1, UsageWindowClosedV1 } from '@hetao/events';
import { type Clock, Decimal, deterministicId, isErr, ok, type Result } from '@hetao/kernel';
import { type Tx, UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { formatInstant } from '../window/instant.js';
import { windowEndMs, windowId } from '../window/usage-window.js';
import { billingPeriod, type BillingPeriod, mayClose, neighbour } from './billing-period.js';
import type { BillingPeriodError } from './billing-period.errors.js';
import {
  BillingPeriodRepository,
  type ClosedPeriod,
  type PendingAgreement,
  type PublishedWindow,
} from './billing-period.repository.js';

/** Agreements published in one transaction: at most 744 windows each, far below what a transaction may append. */
const AGREEMENTS_A_STEP = 10;

/**
 * Closes a month: first it stops counting, in one short transaction; then it publishes window by window and agreement
 * by agreement, in steps that each commit on their own. A crash in between loses nothing: closing again goes on where
 * it stopped, and every id and time it publishes is the same as if it had never stopped.
 */
@Injectable()
export class ClosePeriod {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly periods: BillingPeriodRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Closes the month, or returns the state of one that is closed already. */
  async execute(period: string, timeZone: string): Promise<Result<ClosedPeriod, BillingPeriodError>> {
    const wanted = billingPeriod(period, timeZone);
    if (isErr(wanted)) return wanted;
    const sealed = await this.uow.runResult((tx) => this.#seal(tx, wanted.value));
    if (isErr(sealed)) return sealed;
    const steps = Math.ceil(sealed.value.agreements / AGREEMENTS_A_STEP) + 1;
    let state = sealed.value;
    for (let step = 0; step < steps && state.state === 'closing'; step += 1) {
      state = await this.uow.run((tx) => this.#publish(tx, state));
    }
    return ok(state);
  }

  async #seal(tx: Tx, wanted: BillingPeriod): Promise<Result<ClosedPeriod, BillingPeriodError>> {
    await this.periods.holdClosed(tx, wanted);
    const around = [neighbour(wanted.period, -1), wanted.period, neighbour(wanted.period, 1)];
    const decision = mayClose(wanted, await this.periods.closed(tx, around), this.clock.now().getTime());
    if (isErr(decision)) return decision;
    if (decision.value === 'close') await this.periods.seal(tx, wanted, this.clock.now().getTime());
    return ok(await this.#locked(tx, wanted.period));
  }

  async #publish(tx: Tx, closing: ClosedPeriod): Promise<ClosedPeriod> {
    const period = await this.#locked(tx, closing.period);
    if (period.state === 'closed') return period;
    const agreements = await this.periods.pending(tx, period.period, AGREEMENTS_A_STEP);
    const agreementIds = agreements.map((agreement) => agreement.agreementId);
    const windows = Map.groupBy(await this.periods.windows(tx, period, agreementIds), (one) => one.agreementId);
    for (const agreement of agreements)
      appendAgreement(tx, period, agreement, windows.get(agreement.agreementId) ?? []);
    await this.periods.markPublished(tx, period.period, agreementIds);
    if (agreements.length === AGREEMENTS_A_STEP) return period;
    tx.append(UsagePeriodCompletedV1, {
      period: period.period,
      timeZone: period.timeZone,
      agreements: period.agreements,
      closedAt: formatInstant(period.sealedAtMs),
    });
    await this.periods.markClosed(tx, period.period);
    return { ...period, state: 'closed' };
  }

  async #locked(tx: Tx, period: string): Promise<ClosedPeriod> {
    const found = await this.periods.lock(tx, period);
    if (found) return found;
    throw new Error(`The row of period ${period} is gone, though closed periods are never deleted.`);
  }
}

function appendAgreement(
  tx: Tx,
  period: ClosedPeriod,
  agreement: PendingAgreement,
  windows: readonly PublishedWindow[],
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
    totals: sumOf(windows),
    windows: windows.length,
    closedAt,
  });
}

/** Total of each meter over the windows, by name of the meter. */
function sumOf(windows: readonly PublishedWindow[]): { meter: string; quantity: string; events: number }[] {
  const sums = new Map<string, { quantity: Decimal; events: number }>();
  for (const { meter, quantity, events } of windows.flatMap((window) => window.totals)) {
    const sum = sums.get(meter) ?? { quantity: Decimal.zero, events: 0 };
    sums.set(meter, { quantity: sum.quantity.plus(Decimal.parse(quantity)), events: sum.events + events });
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([meter, sum]) => ({ meter, quantity: sum.quantity.toString(), events: sum.events }));
}
