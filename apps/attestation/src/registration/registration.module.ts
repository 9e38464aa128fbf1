import { Module } from '@nestjs/common';
import { IssuerModule } from '../issuer/issuer.module.js';
import { LogModule } from '../log/log.module.js';
import { AttestationController } from './attestation.controller.js';
import { AttestationQueries } from './attestation.queries.js';
import { AttestationReceipts } from './attestation-receipts.use-cases.js';
import { AttestationRepository } from './attestation.repository.js';
import { Attestations } from './attestation.use-cases.js';

@Module({
  imports: [LogModule, IssuerModule],
  controllers: [AttestationController],
  providers: [Attestations, AttestationQueries, AttestationReceipts, AttestationRepository],
  exports: [AttestationRepository, AttestationReceipts],
})
export class RegistrationModule {}
