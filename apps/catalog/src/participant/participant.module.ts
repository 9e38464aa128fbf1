import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/history.module.js';
import { ParticipantController } from './participant.controller.js';
import { ParticipantQueries } from './participant.queries.js';
import { ParticipantRepository } from './participant.repository.js';
import { DecideParticipant, RegisterParticipant } from './participant.use-cases.js';

@Module({
  imports: [HistoryModule],
  controllers: [ParticipantController],
  providers: [ParticipantRepository, ParticipantQueries, RegisterParticipant, DecideParticipant],
  exports: [ParticipantRepository],
})
export class ParticipantModule {}
