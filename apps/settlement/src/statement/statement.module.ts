import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { MatchingModule } from '../matching/matching.module.js';
import { PeriodStoreModule } from '../period/period-store.module.js';
import { StatementBook } from './statement.book.js';
import { StatementController } from './statement.controller.js';
import { EffectiveDates } from './statement.dates.js';
import { StatementQueries } from './statement.queries.js';
import { StatementRepository } from './statement.repository.js';
import { ImportStatement, RematchStatement, StatementWork } from './statement.use-cases.js';

@Module({
  imports: [LedgerModule, MatchingModule, PeriodStoreModule],
  controllers: [StatementController],
  providers: [
    StatementRepository,
    StatementBook,
    EffectiveDates,
    StatementWork,
    ImportStatement,
    RematchStatement,
    StatementQueries,
  ],
})
export class StatementModule {}
