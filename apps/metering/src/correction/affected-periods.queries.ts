import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Result, unwrap } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { MeteringConfig } from '../metering.config.js';
import { billingPeriod, type BillingPeriod, neighbour } from '../period/billing-period.js';
import { BillingPeriodRepository } from '../period/billing-period.repository.js';
import { civilDayAt, offsetOf } from '../window/calendar.js';
import type { Change } from './correction.js';
import { correctionErrors, type CorrectionError } from './correction.errors.js';

/** A month that a correction touches. */
export interface AffectedPeriod extends BillingPeriod {
  /** The month in which a closed one's difference is charged; null while it is open itself. */
  readonly adjustmentPeriod: string | null;
}

/** Ten years of closed months ahead of an original would be a mistake, not a correction. */
const MOST_MONTHS_AHEAD = 120;

/** Which months a correction touches; they neither open nor close until the transaction ends. */
@Injectable()
export class AffectedPeriods {
  constructor(
    private readonly periods: BillingPeriodRepository,
    @Inject(SERVICE_CONFIG) private readonly config: MeteringConfig,
  ) {}

  async of(tx: Tx, changes: readonly Change[]): Promise<Result<readonly AffectedPeriod[], CorrectionError>> {
    const times = changes.flatMap(({ before, item }) => [
      ...(before.isVoid ? [] : [before.timeMs]),
      ...(item.timeMs === null ? [] : [item.timeMs]),
    ]);
    if (times.length === 0) return ok([]);
    await this.periods.keepOpen(tx, times);
    const [first, last] = [Math.min(...times), Math.max(...times)];
    const closed = await this.periods.closedBetween(tx, first, last);
    const found = new Map<string, AffectedPeriod>();
    for (const timeMs of times) {
      const period = closed.find((one) => one.startMs <= timeMs && timeMs < one.endMs);
      if (period?.state === 'closing') {
        return err(correctionErrors.CORRECTION_PERIOD_CLOSING(`${period.period} is being closed.`));
      }
      const month = period ?? this.#openMonth(timeMs);
      if (found.has(month.period)) continue;
      const adjustmentPeriod = period ? await this.#nextOpen(tx, period) : null;
      found.set(month.period, { ...month, adjustmentPeriod });
    }
    return ok([...found.values()].sort((a, b) => a.startMs - b.startMs));
  }

  #openMonth(timeMs: number): BillingPeriod {
    const timeZone = this.config.METERING_TIME_ZONE;
    const offsetAt = offsetOf(timeZone);
    if (!offsetAt) throw new Error(`${timeZone} was checked when the service started.`);
    const { year, month } = civilDayAt(timeMs, offsetAt);
    return unwrap(billingPeriod(`${year}-${String(month).padStart(2, '0')}`, timeZone));
  }

  async #nextOpen(tx: Tx, original: BillingPeriod): Promise<string> {
    let candidate = neighbour(original.period, 1);
    for (let ahead = 0; ahead < MOST_MONTHS_AHEAD; ahead += 1) {
      const { startMs, endMs } = unwrap(billingPeriod(candidate, original.timeZone));
      await this.periods.keepOpen(tx, [startMs, endMs - 1]);
      const [closed] = await this.periods.closed(tx, [candidate]);
      if (!closed) return candidate;
      candidate = neighbour(candidate, 1);
    }
    throw new Error(`${MOST_MONTHS_AHEAD} months after ${original.period} are closed.`);
  }
}
