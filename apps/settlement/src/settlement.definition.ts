import { defineService } from '@hetao/runtime';
import { AgreementRow } from './agreement/agreement.entity.js';
import { ParticipantRow } from './agreement/participant.entity.js';
import { settlementTenancy } from './database/settlement.tenancy.js';
import { settlementMigrations } from './database/migrations/index.js';
import { InvoiceLineRow, InvoiceRow } from './invoice/invoice.entity.js';
import { PayoutRow } from './payout/payout.entity.js';
import { SettlementPeriodRow } from './period/period.entity.js';
import { ChargeRow, UsagePeriodRow } from './rating/rating.entity.js';
import { maxOperationBytes, settlementConfig } from './settlement.config.js';
import { SettlementModule } from './settlement.module.js';

/** Rating, ledger, invoices, payouts and bank reconciliation. */
export const settlementService = defineService({
  name: 'settlement',
  module: SettlementModule,
  config: settlementConfig,
  entities: [
    AgreementRow,
    ParticipantRow,
    SettlementPeriodRow,
    UsagePeriodRow,
    ChargeRow,
    InvoiceRow,
    InvoiceLineRow,
    PayoutRow,
  ],
  migrations: settlementMigrations,
  tenancy: settlementTenancy,
  bodyParsers: [
    { mediaType: 'application/xml', as: 'bytes', limitBytes: maxOperationBytes },
    { mediaType: 'text/xml', as: 'bytes', limitBytes: maxOperationBytes },
    { mediaType: 'text/plain', as: 'bytes', limitBytes: maxOperationBytes },
    { mediaType: 'text/csv', as: 'bytes', limitBytes: maxOperationBytes },
  ],
});
