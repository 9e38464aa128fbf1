import { Module } from '@nestjs/common';
import { ChainRepository } from '../chain/chain.repository.js';
import { FiguresQueries } from '../period/figures.queries.js';
import { AlarmStore } from './alarm.store.js';
import { AuditChecks } from './audit.checks.js';
import { AuditController } from './audit.controller.js';
import { AuditTimer } from './audit.timer.js';
import { AuditLedger } from './audit.use-cases.js';
import { ChainCheck } from './chain-check.queries.js';
import { ClosedMonths } from './closed-months.queries.js';

/** The ledger is looked at every night by what does not write to it. */
@Module({
  controllers: [AuditController],
  providers: [
    AuditLedger,
    AuditChecks,
    ChainCheck,
    ClosedMonths,
    AlarmStore,
    AuditTimer,
    ChainRepository,
    FiguresQueries,
  ],
})
export class AuditModule {}
