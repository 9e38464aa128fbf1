import { Inject, Injectable } from '@nestjs/common';
import { QuotaExhaustedV1, SpendLimitAlertedV1, UsageLimitAlertedV1 } from '@hetao/events';
import { type Clock, type Decimal, moneyToJson, newId, roundToMoney } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { EntitlementRepository } from '../entitlement/entitlement.repository.js';
import { QuotaRepository } from '../quota/quota.repository.js';
import type { Interval } from '../window/calendar.js';
import { alertsOf, type Budget, BudgetBook, type BudgetedUse, budgetPeriod, type BudgetUse } from './budget.js';
import { touches } from './budget-use.js';
import { BudgetRepository, type ToldAlert } from './budget.repository.js';
import { LimitBook } from './limit-book.js';

/** Quotas and budgets of the agreements that a transaction counts usage under. */
@Injectable()
export class UsageLimits {
  constructor(
    private readonly quotas: QuotaRepository,
    private readonly budgets: BudgetRepository,
    private readonly entitlements: EntitlementRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Locks what the events may take from. Rows come in the order of their key: nobody waits in a circle. */
  async lock(tx: Tx, uses: readonly BudgetedUse[], quotaAgreementIds: readonly string[]): Promise<LimitBook> {
    const quotas = await this.quotas.lock(tx, quotaAgreementIds);
    return new LimitBook(quotas, new BudgetBook(await this.#lockBudgets(tx, uses)));
  }

  /** Writes back what was taken, and tells who should know. */
  async save(tx: Tx, book: LimitBook): Promise<void> {
    const at = this.clock.now();
    await this.quotas.save(tx, book.changed());
    for (const quota of book.newlyExhausted()) {
      tx.append(QuotaExhaustedV1, {
        agreementId: quota.agreementId,
        meter: quota.meter,
        limit: quota.limit.toString(),
        used: quota.used.toString(),
        exhaustedAt: at.toISOString(),
      });
    }
    await this.#saveBudgets(tx, book.budgets, at);
  }

  /** Gives back to budgets what a correction takes away, and takes what it adds; a hard one is not asked. */
  async correct(tx: Tx, removed: readonly BudgetedUse[], added: readonly BudgetedUse[]): Promise<void> {
    const book = new BudgetBook(await this.#lockBudgets(tx, [...removed, ...added]));
    for (const use of removed) book.take(use, -1);
    for (const use of added) book.take(use);
    await this.#saveBudgets(tx, book, this.clock.now());
  }

  async #lockBudgets(tx: Tx, uses: readonly BudgetedUse[]): Promise<readonly BudgetUse[]> {
    const access = await this.entitlements.accessTo(tx, [...new Set(uses.map((use) => use.agreementId))]);
    const limited = new Set([...access].filter(([, one]) => one.hasBudget).map(([agreementId]) => agreementId));
    if (limited.size === 0) return [];
    const budgets = await this.budgets.active(tx.client, [...limited]);
    const wanted = new Map<string, readonly [Budget, Interval]>();
    for (const use of uses) {
      if (!limited.has(use.agreementId)) continue;
      for (const budget of budgets) {
        if (!touches(budget, use)) continue;
        const period = budgetPeriod(budget, use.timeMs);
        wanted.set(`${budget.budgetId} ${period.startMs}`, [budget, period]);
      }
    }
    return this.budgets.lockUses(tx, [...wanted.values()]);
  }

  async #saveBudgets(tx: Tx, book: BudgetBook, at: Date): Promise<void> {
    const told = book.changed().map((use) => alertsOf(use, at.getTime()));
    await this.budgets.save(
      tx,
      told.map(({ use }) => use),
    );
    const alerts = told.flatMap(({ use, alerts: list }) =>
      list.map((alert): ToldAlert => ({ ...alert, alertId: newId('alr'), use, alertedAt: at })),
    );
    if (alerts.length === 0) return;
    await this.budgets.addAlerts(tx, alerts);
    const access = await this.entitlements.accessTo(
      tx,
      alerts.map(({ use }) => use.budget.agreementId),
    );
    for (const alert of alerts) {
      const [party] = access.get(alert.use.budget.agreementId)?.entitlements ?? [];
      if (party) state(tx, alert, party);
    }
  }
}

function state(tx: Tx, alert: ToldAlert, party: { readonly merchantId: string; readonly buyerId: string }): void {
  const { budget, period, used } = alert.use;
  const { measure } = budget;
  const common = {
    alertId: alert.alertId,
    budgetId: budget.budgetId,
    agreementId: budget.agreementId,
    merchantId: party.merchantId,
    buyerId: party.buyerId,
    scope: budget.scope,
    scopeValue: budget.scopeValue,
    cause: alert.cause,
    strength: budget.strength,
    percent: alert.percent,
    periodStart: new Date(period.startMs).toISOString(),
    periodEnd: new Date(period.endMs).toISOString(),
    alertedAt: alert.alertedAt.toISOString(),
  };
  if (measure.kind === 'quantity') {
    const amounts = { meter: measure.meter, limit: budget.limit.toString(), used: used.toString() };
    tx.append(UsageLimitAlertedV1, { ...common, ...amounts });
    return;
  }
  const amount = (major: Decimal) => moneyToJson(roundToMoney(major, measure.currency));
  tx.append(SpendLimitAlertedV1, { ...common, limit: amount(budget.limit), spent: amount(used) });
}
