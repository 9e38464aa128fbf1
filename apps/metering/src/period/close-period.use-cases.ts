import { Inject, Injectable } from '@nestjs/common';
import { type Clock, isErr, ok, type Result } from '@hetao/kernel';
import { type Tx, UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { billingPeriod, type BillingPeriod, mayClose, neighbour } from './billing-period.js';
import type { BillingPeriodError } from './billing-period.errors.js';
import { BillingPeriodRepository, type ClosedPeriod } from './billing-period.repository.js';
import { agreementsAStep, PublishPeriod } from './publish-period.use-cases.js';

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
    private readonly publishing: PublishPeriod,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Closes the month, or returns the state of one that is closed already. */
  async execute(period: string, timeZone: string): Promise<Result<ClosedPeriod, BillingPeriodError>> {
    const wanted = billingPeriod(period, timeZone);
    if (isErr(wanted)) return wanted;
    const sealed = await this.uow.runResult((tx) => this.#seal(tx, wanted.value));
    if (isErr(sealed)) return sealed;
    const steps = Math.ceil(sealed.value.agreements / agreementsAStep) + 1;
    let state = sealed.value;
    for (let step = 0; step < steps && state.state === 'closing'; step += 1) {
      state = await this.uow.run(async (tx) => this.publishing.execute(tx, await this.#locked(tx, state.period)));
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

  async #locked(tx: Tx, period: string): Promise<ClosedPeriod> {
    const found = await this.periods.lock(tx, period);
    if (found) return found;
    throw new Error(`The row of period ${period} is gone, though closed periods are never deleted.`);
  }
}
