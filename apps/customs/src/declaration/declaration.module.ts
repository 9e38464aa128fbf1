import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { CounterModule } from '../counter/counter.module.js';
import { RuleSetModule } from '../rule-set/rule-set.module.js';
import { StepDeclaration } from './declaration-step.use-cases.js';
import { AssessDeclaration } from './assess-declaration.use-cases.js';
import { DeclarationController } from './declaration.controller.js';
import { DeclarationQueries } from './declaration.queries.js';
import { DeclarationRepository } from './declaration.repository.js';
import { WriteDeclaration } from './declaration.use-cases.js';
import { DeclarationReviewController } from './declaration-review.controller.js';
import { DeclarationReview } from './declaration-review.queries.js';
import { ExchangeKnowledge } from './exchange-knowledge.queries.js';
import { ExplainDeclaration } from './explain-declaration.queries.js';
import { ExporterStepController } from './exporter-step.controller.js';
import { OfficerStepController } from './officer-step.controller.js';
import { SucceedDeclaration } from './succeed-declaration.use-cases.js';
import { SuccessorController } from './successor.controller.js';

@Module({
  imports: [CalendarModule, CounterModule, RuleSetModule],
  controllers: [
    DeclarationController,
    DeclarationReviewController,
    ExporterStepController,
    OfficerStepController,
    SuccessorController,
  ],
  providers: [
    AssessDeclaration,
    DeclarationRepository,
    DeclarationQueries,
    DeclarationReview,
    ExchangeKnowledge,
    ExplainDeclaration,
    StepDeclaration,
    SucceedDeclaration,
    WriteDeclaration,
  ],
  exports: [AssessDeclaration, DeclarationQueries, DeclarationRepository, DeclarationReview, ExplainDeclaration],
})
export class DeclarationModule {}
