import { Module } from '@nestjs/common';
import { LedgerController } from './ledger.controller.js';
import { LedgerQueries } from './ledger.queries.js';
import { LedgerRepository } from './ledger.repository.js';
import { LimitAccount } from './limits.use-cases.js';
import { TransactionQueries } from './transaction.queries.js';

@Module({
  controllers: [LedgerController],
  providers: [LedgerRepository, LedgerQueries, TransactionQueries, LimitAccount],
  exports: [LedgerRepository],
})
export class LedgerModule {}
