import { Module } from '@nestjs/common';
import { LedgerController } from './ledger.controller.js';
import { LedgerQueries } from './ledger.queries.js';
import { LedgerRepository } from './ledger.repository.js';

@Module({ controllers: [LedgerController], providers: [LedgerRepository, LedgerQueries], exports: [LedgerRepository] })
export class LedgerModule {}
