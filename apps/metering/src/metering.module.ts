import { Module } from '@nestjs/common';
import { EntitlementModule } from './entitlement/entitlement.module.js';
import { IngestionModule } from './ingestion/ingestion.module.js';
import { BillingPeriodModule } from './period/billing-period.module.js';
import { UsageWindowModule } from './window/usage-window.module.js';

@Module({ imports: [EntitlementModule, IngestionModule, UsageWindowModule, BillingPeriodModule] })
export class MeteringModule {}
