import type { Clock } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { dateStartMs } from '../period/period.js';
import { PeriodRepository } from '../period/period.repository.js';
import type { SettlementConfig } from '../settlement.config.js';

/** From when bank money counts in the ledger. */
@Injectable()
export class EffectiveDates {
  readonly #ledger: LedgerRepository;
  readonly #periods: PeriodRepository;
  readonly #clock: Clock;
  readonly #config: SettlementConfig;

  constructor(
    ledger: LedgerRepository,
    periods: PeriodRepository,
    @Inject(CLOCK) clock: Clock,
    @Inject(SERVICE_CONFIG) config: SettlementConfig,
  ) {
    this.#ledger = ledger;
    this.#periods = periods;
    this.#clock = clock;
    this.#config = config;
  }

  /**
   * The first instant of each booking date in the legal zone; the present moment where that lies in a closed period,
   * since what comes late belongs to the open one. Holds until the transaction ends.
   */
  async of(tx: Tx, bookingDates: readonly string[]): Promise<(bookingDate: string) => Date> {
    await this.#ledger.holdOpen(tx);
    const now = this.#clock.now();
    const starts = new Map(
      [...new Set(bookingDates)].map((date) => [date, new Date(dateStartMs(date, this.#config.LEGAL_TIME_ZONE))]),
    );
    const closed = await this.#periods.closedSpans(tx, [...starts.values()]);
    return (bookingDate) => {
      const start = starts.get(bookingDate) ?? now;
      return closed.some(({ startsAt, endsAt }) => start >= startsAt && start < endsAt) ? now : start;
    };
  }
}
