import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { type Tx, UnitOfWork } from '@hetao/persistence';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { MeteringConfig } from '../metering.config.js';
import { billingPeriodErrors, type BillingPeriodError } from './billing-period.errors.js';
import { BillingPeriodRepository, type ClosedPeriod } from './billing-period.repository.js';
import { PeriodFence, type Uncounted } from './period-fence.repository.js';

const ASK_EVERY_MS = 100;

/** Says what a sealed month publishes, once all usage that was durable before is counted. */
@Injectable()
export class ListPeriod {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly periods: BillingPeriodRepository,
    private readonly fence: PeriodFence,
    @Inject(SERVICE_CONFIG) private readonly config: Pick<MeteringConfig, 'METERING_CLOSE_WAIT_MS'>,
  ) {}

  /** Waits for the counting for a while. */
  async execute(sealed: ClosedPeriod): Promise<Result<ClosedPeriod, BillingPeriodError>> {
    const deadline = performance.now() + this.config.METERING_CLOSE_WAIT_MS;
    for (;;) {
      const listed = await this.uow.run((tx) => this.#list(tx, sealed));
      if ('period' in listed) return ok(listed);
      if (performance.now() >= deadline) return err(notCounted(sealed, listed.waiting));
      await pause(ASK_EVERY_MS);
    }
  }

  async #list(tx: Tx, { period }: ClosedPeriod): Promise<ClosedPeriod | { readonly waiting: readonly Uncounted[] }> {
    // The row's lock keeps two closings apart. Counting is not held off: the fence shuts by itself, pack by pack.
    const sealed = await this.periods.lock(tx, period);
    if (sealed.isListed) return sealed;
    const waiting = await this.fence.uncounted(tx, period);
    if (waiting.length > 0) return { waiting };
    await this.fence.lift(tx, period);
    await this.periods.list(tx, sealed);
    return this.periods.lock(tx, period);
  }
}

function notCounted({ period }: ClosedPeriod, waiting: readonly Uncounted[]): BillingPeriodError {
  const packs = waiting.reduce((sum, one) => sum + one.packs, 0);
  const partitions = waiting.map(({ partition }) => partition).join(', ');
  return billingPeriodErrors.USAGE_PERIOD_NOT_COUNTED(
    `${packs} packs of partitions ${partitions} were durable in the log before ${period} was closed, and are not counted.`,
    { meta: { packs } },
  );
}
