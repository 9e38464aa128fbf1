import { Injectable } from '@nestjs/common';
import { isErr, ok, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { billingPeriod } from './billing-period.js';
import type { BillingPeriodError } from './billing-period.errors.js';
import type { ClosedPeriod } from './billing-period.repository.js';
import { ListPeriod } from './list-period.use-cases.js';
import { agreementsAStep, PublishPeriod } from './publish-period.use-cases.js';
import { SealPeriod } from './seal-period.use-cases.js';

/**
 * Closes a month: first it takes no more usage, in one short transaction; then what was durable in the log before is
 * counted; then it is published window by window and agreement by agreement, in steps that each commit on their own. A
 * crash in between loses nothing: closing again goes on where it stopped, and every id and time it publishes is the same
 * as if it had never stopped.
 */
@Injectable()
export class ClosePeriod {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sealing: SealPeriod,
    private readonly listing: ListPeriod,
    private readonly publishing: PublishPeriod,
  ) {}

  /**
   * Closes the month, or returns the state of one that is closed already.
   *
   * @returns USAGE_PERIOD_NOT_COUNTED when usage of before still waits; it takes no more, and closing again goes on.
   * @throws DomainException BROKER_UNAVAILABLE: where the log of usage ends is not known, and nothing was changed.
   */
  async execute(period: string, timeZone: string): Promise<Result<ClosedPeriod, BillingPeriodError>> {
    const wanted = billingPeriod(period, timeZone);
    if (isErr(wanted)) return wanted;
    const sealed = await this.sealing.execute(wanted.value);
    if (isErr(sealed)) return sealed;
    const listed = await this.listing.execute(sealed.value);
    if (isErr(listed)) return listed;
    const steps = Math.ceil(listed.value.agreements / agreementsAStep) + 1;
    let state = listed.value;
    for (let step = 0; step < steps && state.state === 'closing'; step += 1) {
      state = await this.uow.run((tx) => this.publishing.execute(tx, period));
    }
    return ok(state);
  }
}
