import { type Quota, QuotaBook } from '../quota/quota.js';
import { unitOf } from './budget-use.js';
import type { BudgetBook, BudgetedUse } from './budget.js';

/** Quotas and budgets together: an event takes from all of them or from none. */
export class LimitBook extends QuotaBook {
  readonly budgets: BudgetBook;

  constructor(quotas: Iterable<Quota>, budgets: BudgetBook) {
    super(quotas);
    this.budgets = budgets;
  }

  /** As for quotas; a budget that is too small is shown as a quota that names it. */
  override take(use: BudgetedUse): Quota | undefined {
    const over = this.budgets.tooSmall(use);
    if (over) {
      const { agreementId, limit, budgetId } = over.budget;
      return { agreementId, meter: unitOf(over.budget), limit, used: over.used, isExhausted: true, budgetId };
    }
    const short = super.take(use);
    if (!short) this.budgets.take(use);
    return short;
  }
}
