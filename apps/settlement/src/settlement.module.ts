import { Module } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.js';
import { BillingTermsModule } from './billing-terms/billing-terms.module.js';
import { ChainModule } from './chain/chain.module.js';
import { CreditRefundModule } from './credit-refund/credit-refund.module.js';
import { CreditNoteModule } from './credit-note/credit-note.module.js';
import { DisputeModule } from './dispute/dispute.module.js';
import { ExplanationModule } from './explanation/explanation.module.js';
import { FapiaoModule } from './fapiao/fapiao.module.js';
import { HoldModule } from './holds/hold.module.js';
import { BankDetailsModule } from './bank-details/bank-details.module.js';
import { ExceptionModule } from './exception/exception.module.js';
import { InvoicePrintModule } from './invoice-print/invoice-print.module.js';
import { InvoiceModule } from './invoice/invoice.module.js';
import { JournalModule } from './journal-export/journal.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { OperationModule } from './operation/operation.module.js';
import { PayoutModule } from './payout/payout.module.js';
import { PeriodExportModule } from './period-export/period-export.module.js';
import { PeriodModule } from './period/period.module.js';
import { RatingModule } from './rating/rating.module.js';
import { StatementModule } from './statement/statement.module.js';
import { ThreeWayModule } from './three-way/three-way.module.js';
import { TaxModule } from './tax/tax.module.js';

@Module({
  imports: [
    RatingModule,
    LedgerModule,
    ChainModule,
    HoldModule,
    InvoiceModule,
    BillingTermsModule,
    CreditNoteModule,
    ExplanationModule,
    FapiaoModule,
    TaxModule,
    InvoicePrintModule,
    DisputeModule,
    StatementModule,
    OperationModule,
    PayoutModule,
    ExceptionModule,
    BankDetailsModule,
    PeriodModule,
    JournalModule,
    ThreeWayModule,
    PeriodExportModule,
    AuditModule,
    CreditRefundModule,
  ],
})
export class SettlementModule {}
