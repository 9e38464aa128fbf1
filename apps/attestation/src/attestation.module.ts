import { Module } from '@nestjs/common';
import { ConsentModule } from './consent/consent.module.js';
import { IssuerModule } from './issuer/issuer.module.js';
import { LogModule } from './log/log.module.js';
import { MeaningController } from './meaning/meaning.controller.js';
import { NodeModule } from './node/node.module.js';
import { ReadingsModule } from './readings/readings.module.js';
import { RecordModule } from './record/record.module.js';
import { RegistrationModule } from './registration/registration.module.js';
import { VerificationModule } from './verification/verification.module.js';

@Module({
  imports: [
    LogModule,
    IssuerModule,
    RegistrationModule,
    ConsentModule,
    RecordModule,
    VerificationModule,
    NodeModule,
    ReadingsModule,
  ],
  controllers: [MeaningController],
})
export class AttestationModule {}
