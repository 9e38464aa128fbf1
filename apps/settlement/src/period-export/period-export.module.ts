import { Module } from '@nestjs/common';
import { PeriodExportController } from './period-export.controller.js';

/** A period's tables for spreadsheets. */
@Module({ controllers: [PeriodExportController] })
export class PeriodExportModule {}
