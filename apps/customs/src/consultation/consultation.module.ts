import { Module } from '@nestjs/common';
import { RuleSetModule } from '../rule-set/rule-set.module.js';
import { ConsultationController } from './consultation.controller.js';
import { ConsultationQueries } from './consultation.queries.js';
import { ConsultationRepository } from './consultation.repository.js';
import { Consult } from './consultation.use-cases.js';

@Module({
  imports: [RuleSetModule],
  controllers: [ConsultationController],
  providers: [ConsultationRepository, ConsultationQueries, Consult],
})
export class ConsultationModule {}
