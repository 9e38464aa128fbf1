import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { MatchingModule } from '../matching/matching.module.js';
import { OperationStoreModule } from '../operation/operation-store.module.js';
import { PeriodStoreModule } from '../period/period-store.module.js';
import { GapController } from './gap.controller.js';
import { ImportParts } from './import-parts.book.js';
import { MappingController } from './mapping.controller.js';
import { MappingStore } from './mapping.store.js';
import { ReceiveStatement } from './receive-statement.use-case.js';
import { AcceptGap } from './statement.gap.js';
import { StatementBook } from './statement.book.js';
import { StatementController } from './statement.controller.js';
import { EffectiveDates } from './statement.dates.js';
import { StatementQueries } from './statement.queries.js';
import { StatementRepository } from './statement.repository.js';
import { ImportStatement, RematchStatement, StatementWork } from './statement.use-cases.js';

@Module({
  imports: [LedgerModule, MatchingModule, PeriodStoreModule, OperationStoreModule],
  controllers: [StatementController, GapController, MappingController],
  providers: [
    StatementRepository,
    StatementBook,
    EffectiveDates,
    StatementWork,
    ImportStatement,
    ReceiveStatement,
    ImportParts,
    RematchStatement,
    StatementQueries,
    MappingStore,
    AcceptGap,
  ],
  exports: [EffectiveDates, ImportParts, MappingStore, StatementQueries],
})
export class StatementModule {}
