import { Module } from '@nestjs/common';
import { RuleSetModule } from '../rule-set/rule-set.module.js';
import { ConsultationFileController } from './consultation-file.controller.js';
import { KeepFile } from './consultation-file.use-cases.js';
import { ConsultationController } from './consultation.controller.js';
import { ConsultationQueries } from './consultation.queries.js';
import { ConsultationRepository } from './consultation.repository.js';
import { Consult } from './consultation.use-cases.js';
import { PrecedentController } from './precedent.controller.js';
import { PrecedentRepository } from './precedent.repository.js';
import { MakePrecedent } from './precedent.use-cases.js';

@Module({
  imports: [RuleSetModule],
  controllers: [ConsultationController, ConsultationFileController, PrecedentController],
  providers: [ConsultationRepository, ConsultationQueries, Consult, KeepFile, PrecedentRepository, MakePrecedent],
})
export class ConsultationModule {}
