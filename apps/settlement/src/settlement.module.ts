import { Module } from '@nestjs/common';
import { ChainModule } from './chain/chain.module.js';
import { HoldModule } from './holds/hold.module.js';
import { InvoiceModule } from './invoice/invoice.module.js';
import { JournalModule } from './journal-export/journal.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { PayoutModule } from './payout/payout.module.js';
import { PeriodModule } from './period/period.module.js';
import { RatingModule } from './rating/rating.module.js';
import { StatementModule } from './statement/statement.module.js';

@Module({
  imports: [
    RatingModule,
    LedgerModule,
    ChainModule,
    HoldModule,
    InvoiceModule,
    StatementModule,
    PayoutModule,
    PeriodModule,
    JournalModule,
  ],
})
export class SettlementModule {}
