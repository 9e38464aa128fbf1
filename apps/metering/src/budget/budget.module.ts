import { Module } from '@nestjs/common';
import { EntitlementModule } from '../entitlement/entitlement.module.js';
import { QuotaModule } from '../quota/quota.module.js';
import { TermsModule } from '../terms/terms.module.js';
import { BudgetController } from './budget.controller.js';
import { BudgetRepository } from './budget.repository.js';
import { Budgets, BudgetTables } from './budget.use-cases.js';
import { CheckUsage } from './check-usage.use-cases.js';
import { UsageCheckController } from './usage-check.controller.js';
import { UsageLimits } from './usage-limits.use-cases.js';

@Module({
  imports: [EntitlementModule, QuotaModule, TermsModule],
  controllers: [BudgetController, UsageCheckController],
  providers: [Budgets, BudgetTables, BudgetRepository, CheckUsage, UsageLimits],
  exports: [UsageLimits],
})
export class BudgetModule {}
