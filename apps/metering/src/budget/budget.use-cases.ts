import { Inject, Injectable } from '@nestjs/common';
import { type Clock, err, ok, type Result } from '@hetao/kernel';
import { type Database, type Tx, UnitOfWork } from '@hetao/persistence';
import { CLOCK, DATABASE } from '@hetao/runtime';
import type { AnyPricePlan } from '@hetao/rating';
import { EntitlementRepository } from '../entitlement/entitlement.repository.js';
import { TermsRepository } from '../terms/terms.repository.js';
import type { Measure } from './budget-use.js';
import { type Budget, budgetPeriod, type BudgetUse, checkBudget } from './budget.js';
import { budgetErrors, type BudgetError } from './budget.errors.js';
import { BudgetRepository } from './budget.repository.js';

/** Each is looked at with every use of its agreement. */
const MAX_BUDGETS = 50;

/** Budgets, the entitlements that say which agreements have any, and the plans that price what is used. */
@Injectable()
export class BudgetTables {
  constructor(
    readonly budgets: BudgetRepository,
    readonly entitlements: EntitlementRepository,
    readonly terms: TermsRepository,
  ) {}
}

/** A budget as it is asked for: the plan of its agreement is looked up. */
export interface NewBudget extends Omit<Budget, 'measure'> {
  readonly measure: Extract<Measure, { kind: 'quantity' }> | Omit<Extract<Measure, { kind: 'money' }>, 'plan'>;
}

/** Setting, ending and looking at budgets. Who may is asked before. */
@Injectable()
export class Budgets {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tables: BudgetTables,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  /** Sets a budget; one in money is rated by the plan of its agreement from then on. */
  async set(budget: NewBudget, by: string): Promise<Result<BudgetUse, BudgetError>> {
    return this.uow.runResult((tx) => this.#set(tx, budget, by));
  }

  async #set(tx: Tx, asked: NewBudget, by: string): Promise<Result<BudgetUse, BudgetError>> {
    const { budgets, entitlements, terms } = this.tables;
    const measure = await measureOf(asked, () => terms.plan(tx.client, asked.agreementId));
    if (!measure.ok) return measure;
    const budget: Budget = { ...asked, measure: measure.value };
    const access = (await entitlements.accessTo(tx, [budget.agreementId])).get(budget.agreementId);
    const meters = access?.entitlements.flatMap((one) => one.meters) ?? [];
    const checked = checkBudget(budget, [...new Set(meters)]);
    if (!checked.ok) return checked;
    const active = await budgets.active(tx.client, [budget.agreementId]);
    if (active.length >= MAX_BUDGETS) {
      return err(budgetErrors.BUDGETS_EXHAUSTED(`It has ${active.length}; ${MAX_BUDGETS} are the most.`));
    }
    const at = this.clock.now();
    await budgets.add(tx, budget, { by, at });
    entitlements.limitsChanged(tx);
    const [use] = await budgets.uses(tx.client, [[budget, budgetPeriod(budget, at.getTime())]]);
    return use ? ok(use) : err(budgetErrors.BUDGET_UNKNOWN(`There is no budget ${budget.budgetId}.`));
  }

  async end(budgetId: string): Promise<void> {
    await this.uow.run(async (tx) => {
      await this.tables.budgets.end(tx, budgetId, this.clock.now());
      this.tables.entitlements.limitsChanged(tx);
    });
  }

  async find(budgetId: string): Promise<Budget | undefined> {
    return this.database.withClient((client) => this.tables.budgets.find(client, budgetId));
  }

  /** Active budgets of an agreement with what was taken of them in their current period. At most fifty: one page. */
  async list(agreementId: string): Promise<readonly BudgetUse[]> {
    const nowMs = this.clock.now().getTime();
    return this.database.withClient(async (client) => {
      const active = await this.tables.budgets.active(client, [agreementId]);
      return this.tables.budgets.uses(
        client,
        active.map((budget) => [budget, budgetPeriod(budget, nowMs)] as const),
      );
    });
  }
}

async function measureOf(
  { measure, agreementId }: NewBudget,
  planOf: () => Promise<AnyPricePlan | undefined>,
): Promise<Result<Measure, BudgetError>> {
  if (measure.kind === 'quantity') return ok(measure);
  const plan = await planOf();
  if (plan) return ok({ ...measure, plan });
  const detail = `The price of agreement ${agreementId} is not known here, so nothing says what its usage costs.`;
  return err(budgetErrors.BUDGET_INVALID(detail, { pointer: '/currency' }));
}
