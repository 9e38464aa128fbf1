import { Injectable } from '@nestjs/common';
import { ok, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { type PeriodTotal, PeriodTotals } from '../period/period-totals.queries.js';
import { type AffectedPeriod, AffectedPeriods } from './affected-periods.queries.js';
import { ChangeUsage } from './change-usage.use-cases.js';
import type { Change } from './correction.js';
import type { CorrectionError } from './correction.errors.js';
import type { PeriodEffect } from './correction.repository.js';
import { moneyEffect, shownMoney } from '../terms/money-effect.js';
import { TermsRepository } from '../terms/terms.repository.js';

export interface Measured {
  readonly periods: readonly AffectedPeriod[];
  readonly effects: readonly PeriodEffect[];
}

/** Makes a correction and says what each month came to before and comes to after it, in units and in money. */
@Injectable()
export class MeasureCorrection {
  constructor(
    private readonly affected: AffectedPeriods,
    private readonly totals: PeriodTotals,
    private readonly changing: ChangeUsage,
    private readonly terms: TermsRepository,
  ) {}

  /** Changes the usage. To foresee only, roll back to a savepoint afterwards: nothing is foreseen by other rules. */
  async execute(
    tx: Tx,
    agreementId: string,
    correctionId: string,
    changes: readonly Change[],
  ): Promise<Result<Measured, CorrectionError>> {
    const periods = await this.affected.of(tx, changes);
    if (!periods.ok) return periods;
    const before = await this.#totalsOf(tx, agreementId, periods.value);
    const changed = await this.changing.execute(tx, agreementId, correctionId, changes);
    if (!changed.ok) return changed;
    const after = await this.#totalsOf(tx, agreementId, periods.value);
    const plan = await this.terms.plan(tx.client, agreementId);
    const effects = periods.value.map(({ period, adjustmentPeriod }, at): PeriodEffect => {
      const [was, is] = [before[at] ?? [], after[at] ?? []];
      const money = plan && moneyEffect(plan, period, was, is);
      const net = money
        ? { before: shownMoney(money.before), after: shownMoney(money.after), effect: shownMoney(money.effect) }
        : null;
      return { period, isClosed: adjustmentPeriod !== null, adjustmentPeriod, before: was, after: is, net };
    });
    return ok({ periods: periods.value, effects });
  }

  async #totalsOf(
    tx: Tx,
    agreementId: string,
    periods: readonly AffectedPeriod[],
  ): Promise<readonly (readonly PeriodTotal[])[]> {
    const totals: (readonly PeriodTotal[])[] = [];
    for (const period of periods) totals.push(await this.totals.of(tx.client, agreementId, period));
    return totals;
  }
}
