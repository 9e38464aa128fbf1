import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { CounterModule } from '../counter/counter.module.js';
import { RuleSetModule } from '../rule-set/rule-set.module.js';
import { StepDeclaration } from './declaration-step.use-cases.js';
import { DeclarationController } from './declaration.controller.js';
import { DeclarationQueries } from './declaration.queries.js';
import { DeclarationRepository } from './declaration.repository.js';
import { WriteDeclaration } from './declaration.use-cases.js';
import { ExporterStepController } from './exporter-step.controller.js';
import { OfficerStepController } from './officer-step.controller.js';

@Module({
  imports: [CalendarModule, CounterModule, RuleSetModule],
  controllers: [DeclarationController, ExporterStepController, OfficerStepController],
  providers: [DeclarationRepository, DeclarationQueries, WriteDeclaration, StepDeclaration],
  exports: [DeclarationRepository],
})
export class DeclarationModule {}
