import { Module } from '@nestjs/common';
import { MeterModule } from '../meter/meter.module.js';
import { UsageQueryModule } from '../query/usage-query.module.js';
import { PeriodTotals } from './period-totals.queries.js';

@Module({ imports: [MeterModule, UsageQueryModule], providers: [PeriodTotals], exports: [PeriodTotals] })
export class PeriodTotalsModule {}
