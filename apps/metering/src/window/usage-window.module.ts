import { Module } from '@nestjs/common';
import { EntitlementModule } from '../entitlement/entitlement.module.js';
import { BillingPeriodModule } from '../period/billing-period.module.js';
import { UsageWindowController } from './usage-window.controller.js';
import { UsageWindowQueries } from './usage-window.queries.js';

@Module({
  imports: [EntitlementModule, BillingPeriodModule],
  controllers: [UsageWindowController],
  providers: [UsageWindowQueries],
})
export class UsageWindowModule {}
