import { Module } from '@nestjs/common';
import { FxModule } from '../fx/fx.module.js';
import { CloseFactsQueries } from './close-facts.queries.js';
import { PartyStatementModule } from '../party-statement/party-statement.module.js';
import { CloseWork } from './close-work.book.js';
import { FiguresQueries } from './figures.queries.js';
import { PeriodController } from './period.controller.js';
import { PeriodStoreModule } from './period-store.module.js';
import { ClosePeriod, ReportPeriod } from './period.use-cases.js';

@Module({
  imports: [PeriodStoreModule, FxModule, PartyStatementModule],
  controllers: [PeriodController],
  providers: [FiguresQueries, CloseFactsQueries, ReportPeriod, CloseWork, ClosePeriod],
})
export class PeriodModule {}
