import { Injectable } from '@nestjs/common';
import { checkUse } from '@hetao/clearance';
import type { Tx } from '@hetao/persistence';
import { LateUsage } from '../correction/late-usage.use-cases.js';
import { coveringEntitlement, maySend, unknownMeter } from '../entitlement/entitlement.js';
import { entitlementErrors } from '../entitlement/entitlement.errors.js';
import { type AgreementAccess, EntitlementRepository } from '../entitlement/entitlement.repository.js';
import { isBefore } from '../period/billing-period.js';
import { BillingPeriodRepository, type ClosedPeriod } from '../period/billing-period.repository.js';
import { readPersons } from '../persons/persons.js';
import { formatInstant, utcMonth } from '../window/instant.js';
import type { Refusal } from './outcome.js';
import type { Submission } from './submission.types.js';
import type { UsageEvent } from './usage-event.js';
import { usageEventErrors } from './usage-event.errors.js';

/** What the rest of the exchange says about the events of some submissions. */
export interface Admission {
  /** For each event, submission after submission: why it cannot be counted, or undefined. */
  readonly refusals: readonly (Refusal | undefined)[];
  /** Agreements of admitted events that have a quota. */
  readonly quotaAgreementIds: readonly string[];
}

/** What is known before closed months are looked at. */
interface Known {
  readonly refusals: Admission['refusals'];
  readonly closed: readonly ClosedPeriod[];
}

/** Asks, for each event: may this sender report it, does a right cover it, and is its period still open? */
@Injectable()
export class AdmitUsage {
  constructor(
    private readonly entitlements: EntitlementRepository,
    private readonly periods: BillingPeriodRepository,
    private readonly late: LateUsage,
  ) {}

  /** Answers for all events; the periods of admitted events stay open until the transaction ends. */
  async execute(tx: Tx, submissions: readonly Submission[]): Promise<Admission> {
    const ids = new Set(submissions.flatMap(({ events }) => events.map((event) => event.agreementId)));
    const access = await this.entitlements.accessTo(tx, [...ids]);
    const events = submissions.flatMap((one) => one.events);
    const refusals = submissions.flatMap((one) => refusalsOf(one, access));
    const admitted = events.filter((_, index) => refusals[index] === undefined);
    const closed = await this.#closedPeriods(tx, admitted);
    return {
      refusals: closed.length === 0 ? refusals : await this.#closedRefusals(tx, submissions, { refusals, closed }),
      quotaAgreementIds: [...access].filter(([, one]) => one.hasQuota).map(([agreementId]) => agreementId),
    };
  }

  /** Refuses what belongs to a closed month, unless it was durable before the closing, or its meters take it late. */
  async #closedRefusals(tx: Tx, submissions: readonly Submission[], known: Known): Promise<Admission['refusals']> {
    const { refusals, closed } = known;
    const shut = submissions.flatMap(({ events, place }) => {
      const after = closed.filter(({ fence }) => !isBefore(fence, place));
      return events.map(({ timeMs }) => after.find((one) => one.startMs <= timeMs && timeMs < one.endMs));
    });
    const events = submissions.flatMap((one) => one.events);
    const refused = events.filter((_, at) => refusals[at] === undefined && shut[at] !== undefined);
    const late = await this.late.admitted(tx, refused, closed);
    return events.map((event, at) => {
      const period = shut[at];
      return refusals[at] ?? (period && !late.has(event) ? closedError(event, period) : undefined);
    });
  }

  async #closedPeriods(tx: Tx, events: readonly UsageEvent[]): Promise<readonly ClosedPeriod[]> {
    if (events.length === 0) return [];
    let [firstMs, lastMs] = [Infinity, -Infinity];
    for (const { timeMs } of events) {
      if (timeMs < firstMs) firstMs = timeMs;
      if (timeMs > lastMs) lastMs = timeMs;
    }
    await this.periods.keepOpen(tx, monthsBetween(events, firstMs, lastMs));
    return this.periods.closedBetween(tx, firstMs, lastMs);
  }
}

/** An instant of each month that the events touch; two where all lie in one month, which is the rule. */
function monthsBetween(events: readonly UsageEvent[], firstMs: number, lastMs: number): readonly number[] {
  if (utcMonth(firstMs) === utcMonth(lastMs)) return [firstMs];
  return events.map((event) => event.timeMs);
}

function refusalsOf(
  { sender, events }: Submission,
  access: ReadonlyMap<string, AgreementAccess>,
): readonly (Refusal | undefined)[] {
  // Most events of a submission are of one agreement: who may send for it is decided once.
  const mine = new Map<string, AgreementAccess | undefined>();
  for (const { agreementId } of events) {
    if (mine.has(agreementId)) continue;
    const known = access.get(agreementId);
    const entitlements = known?.entitlements.filter((entitlement) => maySend(sender, entitlement)) ?? [];
    mine.set(agreementId, known && entitlements.length > 0 ? { ...known, entitlements } : undefined);
  }
  return events.map((event) => refusalOf(event, mine.get(event.agreementId)));
}

function refusalOf(event: UsageEvent, access: AgreementAccess | undefined): Refusal | undefined {
  if (!access) {
    return entitlementErrors.USAGE_AGREEMENT_UNKNOWN(
      `There is no agreement ${event.agreementId} for which you may report usage.`,
      { pointer: '/subject' },
    );
  }
  const covering = coveringEntitlement(access.entitlements, event.timeMs);
  if (!covering.ok) return covering.error;
  const meters = event.quantities.map(({ meter }) => meter);
  const unknown = unknownMeter(covering.value, meters);
  if (unknown === undefined) return personsRefusal(event) ?? borderRefusal(event, access);
  return entitlementErrors.USAGE_METER_UNKNOWN(
    `Agreement ${event.agreementId} does not count "${unknown}"; it counts ${covering.value.meters.join(', ')}.`,
    { pointer: `/data/meters/${unknown}` },
  );
}

function personsRefusal(event: UsageEvent): Refusal | undefined {
  const persons = readPersons(event.data);
  return persons.ok ? undefined : persons.error;
}

/** What crossed a border needs a release that stood when it did; usage of before a suspension is owed after it. */
function borderRefusal(event: UsageEvent, access: AgreementAccess): Refusal | undefined {
  if (access.standings.length === 0) return undefined;
  const clearance = checkUse(access.standings, new Date(event.timeMs));
  return clearance.ok ? undefined : clearance.error;
}

function closedError(event: UsageEvent, closed: ClosedPeriod): Refusal {
  return usageEventErrors.USAGE_PERIOD_CLOSED(
    `Usage of ${formatInstant(event.timeMs)} belongs to ${closed.period} (${closed.timeZone}), ` +
      `which was closed at ${formatInstant(closed.sealedAtMs)}.`,
    { pointer: '/time' },
  );
}
