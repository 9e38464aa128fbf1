import { Module } from '@nestjs/common';
import { InvoiceModule } from '../invoice/invoice.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { MatchingModule } from '../matching/matching.module.js';
import { PayoutModule } from '../payout/payout.module.js';
import { StatementModule } from '../statement/statement.module.js';
import { ApplyCredit } from './credit.use-cases.js';
import { ExceptionController } from './exception.controller.js';
import { ExceptionEffects } from './exception.effects.js';
import { ExceptionQueries } from './exception.queries.js';
import { ExceptionStore } from './exception.store.js';
import { ResolveException, WriteOffException } from './exception.use-cases.js';
import { MatchController } from './match.controller.js';
import { ConfirmSuggestion } from './suggestion.use-cases.js';
import { TakeBackBook } from './take-back.book.js';
import { TakePaymentBack } from './take-back.use-case.js';
import { Unmatch } from './unmatch.use-cases.js';

/** What people do about bank lines that nobody could tell apart. */
@Module({
  imports: [LedgerModule, InvoiceModule, PayoutModule, MatchingModule, StatementModule],
  controllers: [ExceptionController, MatchController],
  providers: [
    ExceptionStore,
    ExceptionEffects,
    ExceptionQueries,
    ResolveException,
    WriteOffException,
    ConfirmSuggestion,
    ApplyCredit,
    Unmatch,
    TakeBackBook,
    TakePaymentBack,
  ],
})
export class ExceptionModule {}
