import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module.js';
import { HoldBook } from './hold.book.js';
import { HoldController } from './hold.controller.js';
import { HoldQueries } from './hold.queries.js';
import { HoldRepository } from './hold.repository.js';
import { HoldTimer } from './hold.timer.js';
import { ExpireHolds, VoidHold } from './hold.use-cases.js';

@Module({
  imports: [LedgerModule],
  controllers: [HoldController],
  providers: [HoldRepository, HoldBook, HoldQueries, VoidHold, ExpireHolds, HoldTimer],
  exports: [HoldBook],
})
export class HoldModule {}
