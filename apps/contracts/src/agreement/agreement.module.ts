import { ClearanceModule } from '@hetao/clearance';
import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/approval.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { EntitlementModule } from '../entitlement/entitlement.module.js';
import { PolicyModule } from '../policy/policy.module.js';
import { SigningKeyModule } from '../signing-key/signing-key.module.js';
import { AdvanceAgreement } from './advance-agreement.use-cases.js';
import { AgreementEvidenceController } from './agreement-evidence.controller.js';
import { AgreementEvidenceQueries } from './agreement-evidence.queries.js';
import { AgreementContext } from './agreement.context.js';
import { AgreementJournal } from './agreement-journal.use-cases.js';
import { AgreementLifeController } from './agreement-life.controller.js';
import { AgreementController } from './agreement.controller.js';
import { AgreementQueries } from './agreement.queries.js';
import { AgreementRepository } from './agreement.repository.js';
import { EndAgreement, HoldAgreement, SignAgreement } from './agreement.use-cases.js';
import { ProposeAmendment } from './amend-agreement.use-cases.js';
import { KeySignatureRepository } from './key-signature.repository.js';
import { KeySignatureDesk, SignWithKey } from './key-signature.use-cases.js';
import { ReleaseSubscriber } from './release.subscriber.js';
import { SigningChecks } from './signing.checks.js';
import { StandingSubscriber } from './standing.subscriber.js';

const lives = [SignAgreement, EndAgreement, HoldAgreement, ProposeAmendment, AdvanceAgreement];
const evidence = [AgreementEvidenceQueries, KeySignatureRepository, KeySignatureDesk, SignWithKey];

@Module({
  imports: [ApprovalModule, ClearanceModule, DirectoryModule, EntitlementModule, PolicyModule, SigningKeyModule],
  controllers: [
    AgreementController,
    AgreementLifeController,
    AgreementEvidenceController,
    ReleaseSubscriber,
    StandingSubscriber,
  ],
  providers: [
    AgreementRepository,
    AgreementQueries,
    AgreementJournal,
    AgreementContext,
    SigningChecks,
    ...lives,
    ...evidence,
  ],
  exports: [AgreementJournal, ...lives],
})
export class AgreementModule {}
