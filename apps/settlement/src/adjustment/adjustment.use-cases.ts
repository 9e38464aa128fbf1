import { DomainException, type Clock } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { isPlanV2, type RatingContext } from '@hetao/rating';
import { Inject, Injectable } from '@nestjs/common';
import type { Agreement } from '../agreement/agreement.js';
import { AgreementRepository } from '../agreement/agreement.repository.js';
import { contextFrom, contextOf, storedContext } from '../rating/rating-context.js';
import { AdjustmentCredits } from './adjustment-credit.book.js';
import { adjustmentErrors } from './adjustment.errors.js';
import { chargesOf, differencesOf, netOf, type Adjustment, type ComponentDifference } from './adjustment.js';
import {
  AdjustmentRepository,
  type DueAdjustment,
  type DueCharge,
  type SettledAdjustment,
} from './adjustment.repository.js';

/** What an adjustment comes to. */
interface Rated {
  readonly due: DueAdjustment;
  readonly agreement: Agreement;
  readonly differences: readonly ComponentDifference[];
  readonly context: RatingContext | null;
}

/**
 * Charges what closed months are counted otherwise. A difference becomes lines of the month it is charged in; one that
 * would make that month's invoice less than nothing becomes a credit note against the original invoice.
 */
@Injectable()
export class AdjustUsage {
  readonly #adjustments: AdjustmentRepository;
  readonly #agreements: AgreementRepository;
  readonly #credits: AdjustmentCredits;
  readonly #clock: Clock;

  constructor(
    adjustments: AdjustmentRepository,
    agreements: AgreementRepository,
    credits: AdjustmentCredits,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#adjustments = adjustments;
    this.#agreements = agreements;
    this.#credits = credits;
    this.#clock = clock;
  }

  /**
   * Closed months were corrected. Telling it again changes nothing.
   *
   * @throws DomainException ADJUSTMENT_CONFLICT or ADJUSTMENT_TOO_LATE: the event goes to the dead letters.
   */
  async corrected(tx: Tx, adjustments: readonly Adjustment[]): Promise<void> {
    const agreementIds = adjustments.map(({ agreementId }) => agreementId);
    await this.#agreements.lockAll(tx, agreementIds);
    const [conflict] = await this.#adjustments.add(tx, adjustments);
    if (conflict !== undefined) {
      throw new DomainException(adjustmentErrors.ADJUSTMENT_CONFLICT(`${conflict} is kept as it was told first.`));
    }
    await this.settle(tx, agreementIds);
  }

  /** Charges or credits whatever waits of these agreements and whose month is rated by now. */
  async settle(tx: Tx, agreementIds: readonly string[]): Promise<void> {
    const due = await this.#adjustments.due(tx, agreementIds);
    if (due.length === 0) return;
    const agreements = await this.#agreements.findAll(tx, agreementIds);
    const months = new Map<string, { netMinor: bigint; lineNo: number }>();
    const charges: DueCharge[] = [];
    const settled: SettledAdjustment[] = [];
    for (const one of due) {
      const agreement = agreements.get(one.agreementId);
      if (agreement === undefined) continue;
      const rated = ratedOf(one, agreement);
      const key = `${one.agreementId} ${one.adjustmentPeriod}`;
      const month = months.get(key) ?? { netMinor: one.monthNetMinor, lineNo: one.lastLineNo };
      months.set(key, month);
      if (fits(rated, month.netMinor)) {
        month.netMinor += netOf(rated.differences);
        // Lines that add up to nothing are not worth a line on an invoice that stands.
        const made = one.invoiced ? [] : dueCharges(rated, month.lineNo, this.#clock.now());
        month.lineNo += made.length;
        charges.push(...made);
        settled.push(settledAs(rated, 'charged', null));
      } else settled.push(await this.#credit(tx, rated));
    }
    if (charges.length > 0) await this.#adjustments.addCharges(tx, charges);
    await this.#adjustments.settle(tx, settled);
  }

  /** Invoices were issued: what is owed back for their months can be credited now. */
  async invoiced(tx: Tx, agreementIds: readonly string[]): Promise<void> {
    const owed = await this.#adjustments.owed(tx, agreementIds);
    if (owed.length === 0) return;
    await this.#agreements.lockAll(tx, owed);
    await this.settle(tx, owed);
  }

  /** Until the original invoice is issued there is nothing to write a credit note against. */
  async #credit(tx: Tx, rated: Rated): Promise<SettledAdjustment> {
    const { agreementId, originalPeriod, correctionId, reason } = rated.due;
    const invoiceId = await this.#adjustments.invoiceOf(tx, agreementId, originalPeriod);
    if (invoiceId === undefined) return settledAs(rated, 'owed', null);
    const why = `Usage of ${originalPeriod} was corrected by ${correctionId}: ${reason}`;
    const note = await this.#credits.give(tx, { invoiceId, differences: rated.differences, reason: why });
    return note === undefined ? settledAs(rated, 'owed', null) : settledAs(rated, 'credited', note);
  }
}

function ratedOf(due: DueAdjustment, agreement: Agreement): Rated {
  const { originalPeriod, before, after, inCount, timeZone } = due;
  const stored = contextFrom(due.originalContext);
  const context = isPlanV2(agreement.plan)
    ? // A month that was never rated has no context; credit bought once is bought by a month that is.
      (stored ?? contextOf(agreement, { period: originalPeriod, timeZone }, { period: '', creditsAfter: [] }))
    : null;
  const differences = differencesOf({ plan: agreement.plan, originalPeriod, before, after, inCount, context });
  return { due, agreement, differences, context };
}

/** @throws DomainException ADJUSTMENT_TOO_LATE when more is due in a month that is invoiced already. */
function fits({ due, differences }: Rated, monthNetMinor: bigint): boolean {
  const net = netOf(differences);
  if (due.invoiced && net > 0n) {
    throw new DomainException(
      adjustmentErrors.ADJUSTMENT_TOO_LATE(`${due.adjustmentId} was to be charged in ${due.adjustmentPeriod}.`),
    );
  }
  // What is owed once is not charged elsewhere later: the month it was for may have been sealed meanwhile.
  if (net < 0n && (due.invoiced || due.state === 'owed')) return false;
  return monthNetMinor + net >= 0n;
}

function dueCharges({ due, agreement, differences }: Rated, lastLineNo: number, ratedAt: Date): readonly DueCharge[] {
  return chargesOf(due, differences).map((charge, index) => ({
    ...charge,
    adjustmentId: due.adjustmentId,
    agreementId: due.agreementId,
    period: due.adjustmentPeriod,
    merchantId: due.merchantId,
    buyerId: due.buyerId,
    lineNo: lastLineNo + index + 1,
    currency: agreement.plan.currency,
    ratedAt,
  }));
}

function settledAs(
  { due, differences, context }: Rated,
  state: SettledAdjustment['state'],
  creditNoteId: string | null,
): SettledAdjustment {
  return {
    adjustmentId: due.adjustmentId,
    state,
    inCount: due.inCount,
    context: context === null ? null : storedContext(context),
    netMinor: netOf(differences),
    creditNoteId,
  };
}
