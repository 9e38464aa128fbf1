import { Inject, Injectable } from '@nestjs/common';
import { checkClearance } from '@hetao/clearance';
import { type Clock, Decimal, type DomainError } from '@hetao/kernel';
import { type Tx, UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { coveringEntitlement, unknownMeter } from '../entitlement/entitlement.js';
import { entitlementErrors } from '../entitlement/entitlement.errors.js';
import { usageEventErrors } from '../ingestion/usage-event.errors.js';
import { BudgetTables } from './budget.use-cases.js';
import { BudgetBook, budgetPeriod, type BudgetedUse } from './budget.js';
import { showMeasured, unitOf } from './budget-use.js';
import { budgetErrors } from './budget.errors.js';

/** Asks before serving what metering would say after it. */
@Injectable()
export class CheckUsage {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tables: BudgetTables,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Why usage of now would be refused; nothing when it would count. A stop is seen within a second. */
  async execute(use: Omit<BudgetedUse, 'timeMs'>): Promise<readonly DomainError[]> {
    const at = this.clock.now();
    return this.uow.run((tx) => this.#check(tx, { ...use, timeMs: at.getTime() }, at));
  }

  async #check(tx: Tx, use: BudgetedUse, at: Date): Promise<readonly DomainError[]> {
    const { agreementId } = use;
    const access = (await this.tables.entitlements.accessTo(tx, [agreementId])).get(agreementId);
    if (!access) return [entitlementErrors.USAGE_AGREEMENT_UNKNOWN(`There is no agreement ${agreementId}.`)];
    const reasons: DomainError[] = [];
    const covering = coveringEntitlement(access.entitlements, use.timeMs);
    if (!covering.ok) reasons.push(covering.error);
    const unknown =
      covering.ok &&
      unknownMeter(
        covering.value,
        use.quantities.map((one) => one.meter),
      );
    if (unknown)
      reasons.push(entitlementErrors.USAGE_METER_UNKNOWN(`Agreement ${agreementId} does not count "${unknown}".`));
    const clearance = checkClearance(access.standings, at);
    if (!clearance.ok) reasons.push(clearance.error);
    if (access.hasQuota) reasons.push(...(await this.#quotaReasons(tx, use)));
    if (access.hasBudget) reasons.push(...(await this.#budgetReasons(tx, use)));
    return reasons;
  }

  async #quotaReasons(tx: Tx, { agreementId, quantities }: BudgetedUse): Promise<readonly DomainError[]> {
    const rows = await tx.query<{ meter: string; quota_limit: string; used: string }>(
      'SELECT meter, quota_limit, used FROM quotas WHERE agreement_id = $1',
      [agreementId],
    );
    return quantities.flatMap(({ meter, quantity }) => {
      const quota = rows.find((row) => row.meter === meter);
      const used = quota && Decimal.parse(quota.used);
      if (!quota || !used || used.plus(quantity).compare(Decimal.parse(quota.quota_limit)) <= 0) return [];
      const detail = `Agreement ${agreementId} has used ${used.toString()} of ${Decimal.parse(quota.quota_limit).toString()} ${meter}.`;
      return [usageEventErrors.QUOTA_EXHAUSTED(detail)];
    });
  }

  async #budgetReasons(tx: Tx, use: BudgetedUse): Promise<readonly DomainError[]> {
    const { budgets } = this.tables;
    const active = await budgets.active(tx.client, [use.agreementId]);
    const uses = await budgets.uses(
      tx.client,
      active.map((one) => [one, budgetPeriod(one, use.timeMs)] as const),
    );
    const over = new BudgetBook(uses).tooSmall(use);
    if (!over) return [];
    const { budgetId, limit } = over.budget;
    const [used, of] = [over.used, limit].map((one) => showMeasured(over.budget, one));
    return [budgetErrors.USAGE_BUDGET_REACHED(`Budget ${budgetId} has ${used} of ${of} ${unitOf(over.budget)}.`)];
  }
}
