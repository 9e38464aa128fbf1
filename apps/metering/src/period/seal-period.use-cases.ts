import { Inject, Injectable } from '@nestjs/common';
import { type Clock, isErr, ok, type Result } from '@hetao/kernel';
import type { PackLogEnds } from '@hetao/messaging';
import { type Tx, UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { type BillingPeriod, mayClose, neighbour } from './billing-period.js';
import type { BillingPeriodError } from './billing-period.errors.js';
import { BillingPeriodRepository, type ClosedPeriod } from './billing-period.repository.js';
import { PeriodFence } from './period-fence.repository.js';

/** Takes a month off the counting, but for what is durable in the log already. */
@Injectable()
export class SealPeriod {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly periods: BillingPeriodRepository,
    private readonly fence: PeriodFence,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainException BROKER_UNAVAILABLE. */
  async execute(wanted: BillingPeriod): Promise<Result<ClosedPeriod, BillingPeriodError>> {
    // Before the lock: what is confirmed to its sender until now lies below, and nobody waits for a broker meanwhile.
    const ends = await this.fence.ends();
    return this.uow.runResult((tx) => this.#seal(tx, wanted, ends));
  }

  async #seal(
    tx: Tx,
    wanted: BillingPeriod,
    ends: PackLogEnds | undefined,
  ): Promise<Result<ClosedPeriod, BillingPeriodError>> {
    await this.periods.holdClosed(tx, wanted);
    const { period } = wanted;
    const around = [neighbour(period, -1), period, neighbour(period, 1)];
    const nowMs = this.clock.now().getTime();
    const decision = mayClose(wanted, await this.periods.closed(tx, around), nowMs);
    if (isErr(decision)) return decision;
    if (decision.value === 'close') {
      await this.periods.seal(tx, wanted, nowMs);
      if (ends) await this.fence.put(tx, period, ends);
    } else if (ends) {
      await this.fence.dropVoid(tx, period, ends);
    }
    return ok(await this.periods.lock(tx, period));
  }
}
