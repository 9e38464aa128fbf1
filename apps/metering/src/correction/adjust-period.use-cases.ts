import { Injectable } from '@nestjs/common';
import { UsageCorrectedV1 } from '@hetao/events';
import { deterministicId, moneyToJson, newId } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { Interval } from '../window/calendar.js';
import { type PeriodTotal, PeriodTotals } from '../period/period-totals.queries.js';
import { AdjustmentRepository } from './adjustment.repository.js';
import type { AdjustmentCause } from './correction.js';
import { CorrectionRepository } from './correction.repository.js';
import { moneyEffect } from '../terms/money-effect.js';
import { TermsRepository } from '../terms/terms.repository.js';

export interface AdjustedAgreement {
  readonly agreementId: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly buyerId: string;
}

/** A month that is closed. */
export interface StatedPeriod extends Interval {
  readonly period: string;
  readonly timeZone: string;
}

/** Charges what a closed month is counted otherwise in a later one, with a link to both. The closed one never changes. */
@Injectable()
export class AdjustPeriod {
  constructor(
    private readonly totals: PeriodTotals,
    private readonly adjustments: AdjustmentRepository,
    private readonly terms: TermsRepository,
    private readonly corrections: CorrectionRepository,
  ) {}

  /** Compares what the month was stated as with what it comes to now; says so when the two differ. */
  async execute(
    tx: Tx,
    agreement: AdjustedAgreement,
    original: StatedPeriod,
    { into, cause, at }: { readonly into: string; readonly cause: () => Promise<AdjustmentCause>; readonly at: Date },
  ): Promise<void> {
    const { agreementId } = agreement;
    const before = (await this.adjustments.stated(tx.client, original.period, agreementId)) ?? [];
    const after = await this.totals.of(tx.client, agreementId, original);
    if (JSON.stringify(before.map(textOf)) === JSON.stringify(after.map(textOf))) return;
    const { correctionId, kind, reason, revertsId } = await cause();
    const plan = await this.terms.plan(tx.client, agreementId);
    const net = plan && moneyToJson(moneyEffect(plan, original.period, before, after).effect);
    const adjustment = {
      adjustmentId: newId('adj'),
      correctionId,
      agreementId,
      originalPeriod: original.period,
      adjustmentPeriod: into,
      before: [...before],
      after: [...after],
      netEffect: net ?? null,
      appliedAt: at,
    };
    await this.adjustments.add(tx, adjustment);
    await this.adjustments.state(tx, original.period, agreementId, after);
    tx.append(UsageCorrectedV1, {
      ...agreement,
      ...adjustment,
      netEffect: net ?? null,
      originalPeriodId: deterministicId('per', original.period, agreementId),
      timeZone: original.timeZone,
      cause: kind,
      revertsCorrectionId: revertsId,
      reason,
      appliedAt: at.toISOString(),
    });
  }

  /** Settles usage that came after its month was closed: one adjustment a month, before the next month is stated. */
  async settleLate(
    tx: Tx,
    agreement: AdjustedAgreement,
    find: (periods: readonly string[]) => Promise<readonly StatedPeriod[]>,
    { into, at }: { readonly into: string; readonly at: Date },
  ): Promise<void> {
    const marked = await this.adjustments.takeLate(tx, agreement.agreementId);
    if (marked.length === 0) return;
    for (const original of await find(marked)) {
      const reason = `Usage of ${original.period} came after it was closed.`;
      const cause = () => this.corrections.addLate(tx, agreement.agreementId, reason, at);
      await this.execute(tx, agreement, original, { into, cause, at });
    }
  }
}

function textOf({ meter, quantity, events }: PeriodTotal): string {
  return `${meter} ${quantity} ${events}`;
}
