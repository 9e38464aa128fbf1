import { Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { BudgetedUse } from '../budget/budget.js';
import { UsageLimits } from '../budget/usage-limits.use-cases.js';
import { EntitlementRepository } from '../entitlement/entitlement.repository.js';
import { AdjustPeriod } from './adjust-period.use-cases.js';
import { type AdjustmentCause, type Change, quantitiesIn } from './correction.js';
import { correctionErrors, type CorrectionError } from './correction.errors.js';
import { type Correction, CorrectionRepository, type PeriodEffect } from './correction.repository.js';
import { EventStateRepository } from './event-state.repository.js';
import { MeasureCorrection } from './measure-correction.use-cases.js';

/** What an applied correction needs to know beside the events. */
@Injectable()
export class CorrectionRecords {
  constructor(
    readonly corrections: CorrectionRepository,
    readonly events: EventStateRepository,
    readonly entitlements: EntitlementRepository,
  ) {}
}

/** Makes an approved correction: open months are counted otherwise, closed ones are charged in the next open one. */
@Injectable()
export class ApplyCorrection {
  constructor(
    private readonly records: CorrectionRecords,
    private readonly measuring: MeasureCorrection,
    private readonly adjusting: AdjustPeriod,
    private readonly limits: UsageLimits,
  ) {}

  /** The agreement is locked by whoever calls. */
  async execute(tx: Tx, correction: Correction, at: Date): Promise<Result<readonly PeriodEffect[], CorrectionError>> {
    const { correctionId, agreementId, changes } = correction;
    const { corrections, events, entitlements } = this.records;
    const states = await events.find(
      tx,
      agreementId,
      changes.map(({ item, before }) => ({ ...item, senderId: before.senderId })),
    );
    const isStale = changes.some(({ before }, index) => states[index]?.[0]?.revision !== before.revision);
    if (isStale) return err(correctionErrors.CORRECTION_STALE(`Events of ${correctionId} were corrected since.`));
    const measured = await this.measuring.execute(tx, agreementId, correctionId, changes);
    if (!measured.ok) return measured;
    // Not part of the measuring, which is also done to foresee: what is told is told once, when it is so.
    await this.limits.correct(tx, ...usesOf(agreementId, changes));
    const [party] = (await entitlements.accessTo(tx, [agreementId])).get(agreementId)?.entitlements ?? [];
    if (!party) throw new Error(`Agreement ${agreementId} has usage but no entitlement.`);
    const { productId, merchantId, buyerId } = party;
    const cause: AdjustmentCause = {
      correctionId,
      kind: correction.kind,
      reason: correction.reason,
      revertsId: correction.revertsId,
    };
    for (const period of measured.value.periods) {
      if (period.adjustmentPeriod === null) continue;
      const into = { into: period.adjustmentPeriod, cause: () => Promise.resolve(cause), at };
      await this.adjusting.execute(tx, { agreementId, productId, merchantId, buyerId }, period, into);
    }
    if (correction.revertsId !== null) await corrections.markReverted(tx, correction.revertsId);
    await corrections.setEffects(tx, correctionId, measured.value.effects);
    return ok(measured.value.effects);
  }
}

/** What the events took before, and what they take now. */
function usesOf(
  agreementId: string,
  changes: readonly Change[],
): readonly [removed: readonly BudgetedUse[], added: readonly BudgetedUse[]] {
  const use = (timeMs: number, data: string) => ({ agreementId, timeMs, data, quantities: quantitiesIn(data) });
  return [
    changes.filter(({ before }) => !before.isVoid).map(({ before }) => use(before.timeMs, before.data)),
    changes.flatMap(({ item: { timeMs, data } }) => (timeMs === null || data === null ? [] : [use(timeMs, data)])),
  ];
}
