import { Module } from '@nestjs/common';
import { InvoiceModule } from '../invoice/invoice.module.js';
import { PayoutModule } from '../payout/payout.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { MatchEffects } from './match-effects.book.js';
import { MatchingRepository } from './matching.repository.js';
import { OpenItems } from './open-items.book.js';
import { ReturnedPayouts } from './returned-payouts.book.js';
import { MatchLines } from './matching.use-cases.js';

@Module({
  imports: [LedgerModule, InvoiceModule, PayoutModule],
  providers: [MatchingRepository, OpenItems, MatchEffects, ReturnedPayouts, MatchLines],
  exports: [MatchLines, MatchingRepository, MatchEffects, OpenItems],
})
export class MatchingModule {}
