import { defineService } from '@hetao/runtime';
import {
  AgreementHeadRow,
  AgreementRow,
  AgreementSignatureRow,
  AgreementStepRow,
} from './agreement/agreement.entity.js';
import { contractsConfig } from './contracts.config.js';
import { ContractsModule } from './contracts.module.js';
import { contractsMigrations } from './database/migrations/index.js';
import { DirectoryPartyRow, DirectoryProductRow } from './directory/directory.entity.js';
import { EntitlementRow } from './entitlement/entitlement.entity.js';
import { AccessRequestRow } from './negotiation/negotiation.entity.js';
import { OfferRow } from './offer/offer.entity.js';

/** Offers, access requests, agreements, entitlements. */
export const contractsService = defineService({
  name: 'contracts',
  module: ContractsModule,
  config: contractsConfig,
  entities: [
    DirectoryPartyRow,
    DirectoryProductRow,
    OfferRow,
    AccessRequestRow,
    AgreementRow,
    AgreementStepRow,
    AgreementSignatureRow,
    AgreementHeadRow,
    EntitlementRow,
  ],
  migrations: contractsMigrations,
});
