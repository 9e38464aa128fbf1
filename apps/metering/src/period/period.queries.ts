import { Inject, Injectable } from '@nestjs/common';
import { ok, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { MeteringConfig } from '../metering.config.js';
import { billingPeriod, type BillingPeriod } from './billing-period.js';
import type { BillingPeriodError } from './billing-period.errors.js';
import { BillingPeriodRepository, type ClosedPeriod } from './billing-period.repository.js';

/** A month as it stands: closed in the zone it was closed in, or still open. */
export type PeriodState = { readonly closed: ClosedPeriod } | { readonly open: BillingPeriod };

@Injectable()
export class PeriodQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly periods: BillingPeriodRepository,
    @Inject(SERVICE_CONFIG) private readonly config: MeteringConfig,
  ) {}

  /** @param timeZone zone of an open month; the exchange's own by default. A closed one keeps its zone. */
  async find(
    period: string,
    timeZone = this.config.METERING_TIME_ZONE,
  ): Promise<Result<PeriodState, BillingPeriodError>> {
    const wanted = billingPeriod(period, timeZone);
    if (!wanted.ok) return wanted;
    const [closed] = await this.uow.run((tx) => this.periods.closed(tx, [period]));
    return ok(closed ? { closed } : { open: wanted.value });
  }
}
