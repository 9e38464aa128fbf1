import { Module } from '@nestjs/common';
import { PeriodRepository } from './period.repository.js';

/** The periods' rows, apart from closing them: every feature leans on these, and closing leans on every feature. */
@Module({ providers: [PeriodRepository], exports: [PeriodRepository] })
export class PeriodStoreModule {}
