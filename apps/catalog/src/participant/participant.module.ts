import { Module } from '@nestjs/common';
import { CertificateModule } from '../certificate/certificate.module.js';
import { CommentModule } from '../comment/comment.module.js';
import { HistoryModule } from '../history/history.module.js';
import { ApplicationController } from './application.controller.js';
import { ApplicationDesk } from './application-desk.repository.js';
import { HandInApplication, WriteApplication } from './application.use-cases.js';
import { PaperRepository } from './paper.repository.js';
import { ParticipantDecisionController } from './participant-decision.controller.js';
import { ParticipantOutcomes } from './participant-outcome.repository.js';
import { ParticipantController } from './participant.controller.js';
import { ParticipantQueries } from './participant.queries.js';
import { ParticipantRepository } from './participant.repository.js';
import { DecideParticipant, RegisterParticipant } from './participant.use-cases.js';
import { QuestionController } from './question.controller.js';
import { AskApplicant } from './question.use-cases.js';

@Module({
  imports: [HistoryModule, CertificateModule, CommentModule],
  controllers: [ParticipantController, ParticipantDecisionController, ApplicationController, QuestionController],
  providers: [
    ParticipantRepository,
    ParticipantQueries,
    ParticipantOutcomes,
    PaperRepository,
    RegisterParticipant,
    DecideParticipant,
    ApplicationDesk,
    WriteApplication,
    HandInApplication,
    AskApplicant,
  ],
  exports: [ParticipantRepository, ParticipantQueries],
})
export class ParticipantModule {}
