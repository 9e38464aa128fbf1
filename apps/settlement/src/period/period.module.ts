import { Module } from '@nestjs/common';
import { CloseFactsQueries } from './close-facts.queries.js';
import { FiguresQueries } from './figures.queries.js';
import { PeriodController } from './period.controller.js';
import { PeriodStoreModule } from './period-store.module.js';
import { ClosePeriod, ReportPeriod } from './period.use-cases.js';

@Module({
  imports: [PeriodStoreModule],
  controllers: [PeriodController],
  providers: [FiguresQueries, CloseFactsQueries, ReportPeriod, ClosePeriod],
})
export class PeriodModule {}
