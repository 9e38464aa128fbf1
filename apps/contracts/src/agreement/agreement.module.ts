import { ClearanceModule } from '@hetao/clearance';
import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { EntitlementModule } from '../entitlement/entitlement.module.js';
import { AgreementJournal } from './agreement-journal.use-cases.js';
import { AgreementController } from './agreement.controller.js';
import { AgreementQueries } from './agreement.queries.js';
import { AgreementRepository } from './agreement.repository.js';
import { AdvanceAgreement, EndAgreement, SignAgreement } from './agreement.use-cases.js';
import { ReleaseSubscriber } from './release.subscriber.js';

@Module({
  imports: [ClearanceModule, DirectoryModule, EntitlementModule],
  controllers: [AgreementController, ReleaseSubscriber],
  providers: [AgreementRepository, AgreementQueries, AgreementJournal, SignAgreement, EndAgreement, AdvanceAgreement],
  exports: [AgreementJournal, AdvanceAgreement],
})
export class AgreementModule {}
