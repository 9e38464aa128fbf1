import { defineService } from '@hetao/runtime';
import {
  AgreementHeadRow,
  AgreementRow,
  AgreementSignatureRow,
  AgreementStepRow,
} from './agreement/agreement.entity.js';
import { KeySignatureRow } from './agreement/key-signature.entity.js';
import { ApprovalLimitsRow, ApprovalRow } from './approval/approval.entity.js';
import { contractsConfig } from './contracts.config.js';
import { ContractsModule } from './contracts.module.js';
import { contractsTenancy } from './database/contracts.tenancy.js';
import { contractsMigrations } from './database/migrations/index.js';
import { DirectoryPartyRow, DirectoryProductRow } from './directory/directory.entity.js';
import { DisputeRow, DisputeStepRow } from './dispute/dispute.entity.js';
import { EntitlementRow } from './entitlement/entitlement.entity.js';
import { speakProtocolErrors } from './dataspace/http/protocol-errors.hook.js';
import { OfferRow } from './offer/offer.entity.js';
import { SigningKeyRow, SigningKeyStepRow } from './signing-key/signing-key.entity.js';

/** Offers, access requests, agreements, entitlements. */
export const contractsService = defineService({
  name: 'contracts',
  module: ContractsModule,
  config: contractsConfig,
  entities: [
    DirectoryPartyRow,
    DirectoryProductRow,
    OfferRow,
    AgreementRow,
    AgreementStepRow,
    AgreementSignatureRow,
    AgreementHeadRow,
    EntitlementRow,
    ApprovalRow,
    ApprovalLimitsRow,
    DisputeRow,
    DisputeStepRow,
    KeySignatureRow,
    SigningKeyRow,
    SigningKeyStepRow,
  ],
  migrations: contractsMigrations,
  tenancy: contractsTenancy,
  // Peers that speak JSON-LD say so.
  bodyParsers: [{ mediaType: 'application/ld+json', as: 'json', limitBytes: 1024 * 1024 }],
  configureHttp: speakProtocolErrors,
});
