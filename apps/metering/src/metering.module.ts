import { Module } from '@nestjs/common';
import { BudgetModule } from './budget/budget.module.js';
import { CorrectionModule } from './correction/correction.module.js';
import { EntitlementModule } from './entitlement/entitlement.module.js';
import { IngestionModule } from './ingestion/ingestion.module.js';
import { MeterModule } from './meter/meter.module.js';
import { BillingPeriodModule } from './period/billing-period.module.js';
import { UsageQueryModule } from './query/usage-query.module.js';
import { UsageStatementModule } from './statement-proof/usage-statement.module.js';
import { VarianceModule } from './variance/variance.module.js';
import { UsageWindowModule } from './window/usage-window.module.js';

@Module({
  imports: [
    EntitlementModule,
    IngestionModule,
    UsageWindowModule,
    BillingPeriodModule,
    MeterModule,
    UsageQueryModule,
    UsageStatementModule,
    CorrectionModule,
    VarianceModule,
    BudgetModule,
  ],
})
export class MeteringModule {}
