import { Module } from '@nestjs/common';
import { MeterModule } from '../meter/meter.module.js';
import { BillingPeriodModule } from '../period/billing-period.module.js';
import { AdjustmentModule } from './adjustment.module.js';
import { LateUsage } from './late-usage.use-cases.js';

@Module({ imports: [MeterModule, BillingPeriodModule, AdjustmentModule], providers: [LateUsage], exports: [LateUsage] })
export class LateUsageModule {}
