import { Module } from '@nestjs/common';
import { AgreementRepository } from './agreement.repository.js';
import { AgreementSubscriber } from './agreement.subscriber.js';
import { ParticipantRepository } from './participant.repository.js';

@Module({
  controllers: [AgreementSubscriber],
  providers: [AgreementRepository, ParticipantRepository],
  exports: [AgreementRepository, ParticipantRepository],
})
export class AgreementModule {}
