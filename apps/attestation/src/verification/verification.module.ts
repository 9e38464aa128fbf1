import { Module } from '@nestjs/common';
import { ConsentModule } from '../consent/consent.module.js';
import { IssuerModule } from '../issuer/issuer.module.js';
import { LogModule } from '../log/log.module.js';
import { RecordModule } from '../record/record.module.js';
import { RegistrationModule } from '../registration/registration.module.js';
import { EvidenceQueries } from './evidence.queries.js';
import { VerificationController } from './verification.controller.js';
import { VerificationRepository } from './verification.repository.js';
import { VerifyAttestation } from './verification.use-cases.js';

@Module({
  imports: [LogModule, IssuerModule, RegistrationModule, ConsentModule, RecordModule],
  controllers: [VerificationController],
  providers: [VerifyAttestation, VerificationRepository, EvidenceQueries],
})
export class VerificationModule {}
