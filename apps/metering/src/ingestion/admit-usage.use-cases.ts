import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { coveringEntitlement, maySend, unknownMeter, type UsageSender } from '../entitlement/entitlement.js';
import { entitlementErrors } from '../entitlement/entitlement.errors.js';
import { type AgreementAccess, EntitlementRepository } from '../entitlement/entitlement.repository.js';
import { BillingPeriodRepository, type ClosedPeriod } from '../period/billing-period.repository.js';
import { formatInstant } from '../window/instant.js';
import type { Refusal } from './outcome.js';
import type { UsageEvent } from './usage-event.js';
import { usageEventErrors } from './usage-event.errors.js';

/** What the rest of the exchange says about the events of a batch. */
export interface Admission {
  /** For each event in its order: why it cannot be counted, or undefined. */
  readonly refusals: readonly (Refusal | undefined)[];
  /** Agreements of admitted events that have a quota. */
  readonly quotaAgreementIds: readonly string[];
}

/** Asks, for each event: may this sender report it, does a right cover it, and is its period still open? */
@Injectable()
export class AdmitUsage {
  constructor(
    private readonly entitlements: EntitlementRepository,
    private readonly periods: BillingPeriodRepository,
  ) {}

  /** Answers for a batch; the periods of admitted events stay open until the transaction ends. */
  async execute(tx: Tx, sender: UsageSender, events: readonly UsageEvent[]): Promise<Admission> {
    const access = await this.entitlements.accessTo(tx, [...new Set(events.map((event) => event.agreementId))]);
    const refusals = events.map((event) => refusalOf(event, sender, access.get(event.agreementId)));
    const admitted = events.filter((_, index) => refusals[index] === undefined);
    const closed = await this.#closedPeriods(tx, admitted);
    return {
      refusals: closed.length === 0 ? refusals : events.map((event, at) => refusals[at] ?? closedError(event, closed)),
      quotaAgreementIds: [...access].filter(([, one]) => one.hasQuota).map(([agreementId]) => agreementId),
    };
  }

  async #closedPeriods(tx: Tx, events: readonly UsageEvent[]): Promise<readonly ClosedPeriod[]> {
    if (events.length === 0) return [];
    const times = events.map((event) => event.timeMs);
    await this.periods.keepOpen(tx, times);
    return this.periods.closedBetween(tx, Math.min(...times), Math.max(...times));
  }
}

function refusalOf(event: UsageEvent, sender: UsageSender, access: AgreementAccess | undefined): Refusal | undefined {
  const mine = access?.entitlements.filter((entitlement) => maySend(sender, entitlement)) ?? [];
  if (mine.length === 0) {
    return entitlementErrors.USAGE_AGREEMENT_UNKNOWN(
      `There is no agreement ${event.agreementId} for which you may report usage.`,
      { pointer: '/subject' },
    );
  }
  const covering = coveringEntitlement(mine, event.timeMs);
  if (!covering.ok) return covering.error;
  const meters = event.quantities.map(({ meter }) => meter);
  const unknown = unknownMeter(covering.value, meters);
  if (unknown === undefined) return undefined;
  return entitlementErrors.USAGE_METER_UNKNOWN(
    `Agreement ${event.agreementId} does not count "${unknown}"; it counts ${covering.value.meters.join(', ')}.`,
    { pointer: `/data/meters/${unknown}` },
  );
}

function closedError(event: UsageEvent, periods: readonly ClosedPeriod[]): Refusal | undefined {
  const closed = periods.find((period) => period.startMs <= event.timeMs && event.timeMs < period.endMs);
  if (!closed) return undefined;
  return usageEventErrors.USAGE_PERIOD_CLOSED(
    `Usage of ${formatInstant(event.timeMs)} belongs to ${closed.period} (${closed.timeZone}), ` +
      `which was closed at ${formatInstant(closed.sealedAtMs)}.`,
    { pointer: '/time' },
  );
}
