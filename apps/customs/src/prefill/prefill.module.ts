import { Module } from '@nestjs/common';
import { CalendarModule } from '../calendar/calendar.module.js';
import { CounterModule } from '../counter/counter.module.js';
import { DeclarationModule } from '../declaration/declaration.module.js';
import { RuleSetModule } from '../rule-set/rule-set.module.js';
import { ExportReadinessController } from './export-readiness.controller.js';
import { ExportReadinessQueries } from './export-readiness.queries.js';
import { DraftShelves, OpenDraft, PrefillSources } from './open-draft.use-cases.js';
import { PrefillController } from './prefill.controller.js';
import { PrefillSubscriber } from './prefill.subscriber.js';
import { ProductChangesController } from './product-changes.controller.js';
import { ProductChanges } from './product-changes.queries.js';
import { ProjectionRepository } from './projection.repository.js';

@Module({
  imports: [CalendarModule, CounterModule, DeclarationModule, RuleSetModule],
  controllers: [ExportReadinessController, PrefillController, PrefillSubscriber, ProductChangesController],
  providers: [DraftShelves, ExportReadinessQueries, OpenDraft, PrefillSources, ProductChanges, ProjectionRepository],
})
export class PrefillModule {}
