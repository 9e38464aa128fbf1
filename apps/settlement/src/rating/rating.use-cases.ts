import { DomainException, type Clock } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { isPlanV2 } from '@hetao/rating';
import { CLOCK } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Agreement } from '../agreement/agreement.js';
import { AgreementRepository } from '../agreement/agreement.repository.js';
import { awaitRelease, noteAccess, releasesOf } from '../agreement/in-force.repository.js';
import { periodErrors } from '../period/period.errors.js';
import type { SettlementPeriod } from '../period/period.js';
import { PeriodRepository } from '../period/period.repository.js';
import { usageErrors } from './rating.errors.js';
import { chargeable, isBeforeForce } from './in-force.js';
import { contextOf } from './rating-context.js';
import { ratePeriod, sameUsage, usageKey, type PeriodCharge, type UsagePeriod } from './rating.js';
import { RatingRepository } from './rating.repository.js';

/**
 * Rates usage as soon as both it and its agreement are here, in whichever order they come: the first one waits in the
 * database for the second.
 */
@Injectable()
export class RateUsage {
  readonly #agreements: AgreementRepository;
  readonly #usage: RatingRepository;
  readonly #periods: PeriodRepository;
  readonly #clock: Clock;

  constructor(
    agreements: AgreementRepository,
    usage: RatingRepository,
    periods: PeriodRepository,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#agreements = agreements;
    this.#usage = usage;
    this.#periods = periods;
    this.#clock = clock;
  }

  /** An agreement was concluded: usage that waited for it is rated now. */
  async agreementConcluded(tx: Tx, agreement: Agreement): Promise<void> {
    await this.#agreements.lock(tx, agreement.agreementId);
    await this.#agreements.record(tx, agreement);
    // An agreement with a plan of the second form is told twice; what was kept first is what counts.
    const kept = (await this.#agreements.find(tx, agreement.agreementId)) ?? agreement;
    await this.#rateWaiting(tx, kept);
  }

  /** An agreement's data would cross a border: it is charged from when a release gives access, not before. */
  async releaseAwaited(tx: Tx, agreementId: string): Promise<void> {
    await this.#agreements.lock(tx, agreementId);
    await awaitRelease(tx, agreementId);
  }

  /** An agreement's buyer got access: months that waited for it are rated now. */
  async accessGranted(tx: Tx, agreementId: string, grantedAt: Date): Promise<void> {
    await this.#agreements.lock(tx, agreementId);
    await noteAccess(tx, agreementId, grantedAt);
    const agreement = await this.#agreements.find(tx, agreementId);
    if (agreement !== null) await this.#rateWaiting(tx, agreement);
  }

  /** An agreement ended early: later periods are charged up to that day. */
  async agreementEnded(tx: Tx, agreementId: string, endedAt: Date): Promise<void> {
    await this.#agreements.lock(tx, agreementId);
    await this.#agreements.end(tx, agreementId, endedAt);
  }

  /**
   * Months of agreements were counted. Telling one again changes nothing. Set by set: a month ends for all at once.
   *
   * @throws DomainException USAGE_PERIOD_CONFLICT, PERIOD_ZONE_CONFLICT or PERIOD_CLOSED: the event goes to the dead
   *   letters, where a person sees it.
   */
  async usagesClosed(tx: Tx, told: readonly ClosedUsage[]): Promise<void> {
    const usages = told.map(({ usage }) => usage);
    await this.#agreements.lockAll(
      tx,
      usages.map(({ agreementId }) => agreementId),
    );
    const fresh = freshOf(told, await this.#usage.findUsages(tx, usages));
    for (const { period, timeZone } of periodsOf(fresh)) {
      assertTakesUsage(await this.#periods.begin(tx, period, timeZone), timeZone);
    }
    await this.#usage.addUsages(
      tx,
      fresh.map(({ usage }) => usage),
    );
    await this.#rateAll(tx, fresh);
  }

  /** Metering has closed the month for everybody. */
  async usageCompleted(
    tx: Tx,
    completion: { period: string; timeZone: string; agreements: number; closedAt: Date },
  ): Promise<void> {
    const begun = await this.#periods.begin(tx, completion.period, completion.timeZone);
    // Said again after the close, it says nothing new.
    if (begun.closedAt !== null && begun.agreementsExpected === completion.agreements) return;
    assertTakesUsage(begun, completion.timeZone);
    await this.#periods.complete(tx, completion);
  }

  async #rateWaiting(tx: Tx, agreement: Agreement): Promise<void> {
    const { agreementId } = agreement;
    const releases = await releasesOf(tx, [agreementId]);
    const charged = chargeable(agreement, releases.get(agreementId) ?? null);
    if (charged === null) return;
    for (const usage of await this.#usage.waitingUsage(tx, agreementId)) {
      const { timeZone = '' } = (await this.#periods.find(tx, usage.period)) ?? {};
      await this.#rate(tx, usage, charged, timeZone);
    }
  }

  async #rateAll(tx: Tx, fresh: readonly ClosedUsage[]): Promise<void> {
    const ids = fresh.map(({ usage }) => usage.agreementId);
    const agreements = await this.#agreements.findAll(tx, ids);
    const releases = await releasesOf(tx, ids);
    const plain: UsagePeriod[] = [];
    const charges: PeriodCharge[] = [];
    const ratedAt = this.#clock.now();
    for (const { usage, timeZone } of fresh) {
      const concluded = agreements.get(usage.agreementId);
      const release = releases.get(usage.agreementId) ?? null;
      const agreement = concluded === undefined ? null : chargeable(concluded, release);
      if (agreement === null) continue;
      if (release !== null || (isPlanV2(agreement.plan) && usage.totals.length > 0))
        await this.#rate(tx, usage, agreement, timeZone);
      else {
        plain.push(usage);
        charges.push(...chargesOf(usage, agreement, ratedAt));
      }
    }
    if (plain.length > 0) await this.#usage.addPlainCharges(tx, plain, charges);
  }

  /** @throws DomainException USAGE_OUT_OF_ORDER when credit was drawn for a later period already. */
  async #rate(tx: Tx, usage: UsagePeriod, agreement: Agreement, timeZone: string): Promise<void> {
    const { agreementId, period } = usage;
    if (usage.totals.length === 0) {
      await this.#usage.addPlainCharges(tx, [usage], []);
      return;
    }
    if (isBeforeForce(usage, agreement, timeZone)) return this.#usage.passOver(tx, usage);
    const earlier = isPlanV2(agreement.plan) ? await this.#usage.latestRated(tx, agreementId) : undefined;
    if (earlier !== undefined && earlier.period > period) {
      throw new DomainException(
        usageErrors.USAGE_OUT_OF_ORDER(
          `Agreement ${agreementId}: ${earlier.period} is rated, ${period} came after it.`,
        ),
      );
    }
    const context = isPlanV2(agreement.plan) ? contextOf(agreement, { period, timeZone }, earlier) : null;
    const rated = ratePeriod(usage, agreement, { context, ratedAt: this.#clock.now() });
    await this.#usage.addCharges(tx, usage, { ...rated, context });
  }
}

/**
 * The charges of a month by a plan of the first form. A month without usage is told for the sake of an adjustment alone:
 * like every other month without usage it is charged nothing, fixed amounts neither.
 */
function chargesOf(usage: UsagePeriod, agreement: Agreement, ratedAt: Date): readonly PeriodCharge[] {
  return usage.totals.length === 0 ? [] : ratePeriod(usage, agreement, { context: null, ratedAt }).charges;
}

/** Usage as it was told, and the zone its month is kept in. */
export interface ClosedUsage {
  readonly usage: UsagePeriod;
  readonly timeZone: string;
}

/** What is told for the first time, each once. */
function freshOf(told: readonly ClosedUsage[], known: ReadonlyMap<string, UsagePeriod>): readonly ClosedUsage[] {
  const fresh = new Map<string, ClosedUsage>();
  for (const one of told) {
    const key = usageKey(one.usage);
    const before = known.get(key) ?? fresh.get(key)?.usage;
    if (before === undefined) fresh.set(key, one);
    else if (!sameUsage(before, one.usage)) {
      const { agreementId, period } = one.usage;
      throw new DomainException(
        usageErrors.USAGE_PERIOD_CONFLICT(`Agreement ${agreementId}, ${period}: ${before.periodId} is kept.`),
      );
    }
  }
  return [...fresh.values()];
}

/** The periods in order, so that two batches never wait for each other in a ring. */
function periodsOf(told: readonly ClosedUsage[]): readonly { period: string; timeZone: string }[] {
  const periods = new Map(
    told.map(({ usage: { period }, timeZone }) => [`${period} ${timeZone}`, { period, timeZone }]),
  );
  return [...periods].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function assertTakesUsage(begun: SettlementPeriod, timeZone: string): void {
  if (begun.timeZone !== timeZone) {
    throw new DomainException(
      periodErrors.PERIOD_ZONE_CONFLICT(`${begun.period} is kept in ${begun.timeZone}, usage came in ${timeZone}.`),
    );
  }
  if (begun.closedAt !== null) {
    throw new DomainException(periodErrors.PERIOD_CLOSED(`Usage of ${begun.period} came after the period was closed.`));
  }
}
