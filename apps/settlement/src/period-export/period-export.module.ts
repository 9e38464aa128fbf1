import { Module } from '@nestjs/common';
import { PeriodExportController } from './period-export.controller.js';
import { PeriodTableQueries } from './period-table.queries.js';

/** A period's tables for spreadsheets. */
@Module({ controllers: [PeriodExportController], providers: [PeriodTableQueries] })
export class PeriodExportModule {}
