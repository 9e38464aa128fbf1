import { ClearanceModule } from '@hetao/clearance';
import { Module } from '@nestjs/common';
import { ApprovalModule } from '../approval/approval.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { EntitlementModule } from '../entitlement/entitlement.module.js';
import { AdvanceAgreement } from './advance-agreement.use-cases.js';
import { AgreementContext } from './agreement.context.js';
import { AgreementJournal } from './agreement-journal.use-cases.js';
import { AgreementLifeController } from './agreement-life.controller.js';
import { AgreementController } from './agreement.controller.js';
import { AgreementQueries } from './agreement.queries.js';
import { AgreementRepository } from './agreement.repository.js';
import { EndAgreement, HoldAgreement, SignAgreement } from './agreement.use-cases.js';
import { ProposeAmendment } from './amend-agreement.use-cases.js';
import { ReleaseSubscriber } from './release.subscriber.js';
import { SigningChecks } from './signing.checks.js';
import { StandingSubscriber } from './standing.subscriber.js';

const lives = [SignAgreement, EndAgreement, HoldAgreement, ProposeAmendment, AdvanceAgreement];

@Module({
  imports: [ApprovalModule, ClearanceModule, DirectoryModule, EntitlementModule],
  controllers: [AgreementController, AgreementLifeController, ReleaseSubscriber, StandingSubscriber],
  providers: [AgreementRepository, AgreementQueries, AgreementJournal, AgreementContext, SigningChecks, ...lives],
  exports: [AgreementJournal, ...lives],
})
export class AgreementModule {}
