import { Module } from '@nestjs/common';
import { BoardModule } from './board/board.module.js';
import { CalendarModule } from './calendar/calendar.module.js';
import { ConsultationModule } from './consultation/consultation.module.js';
import { CountingModule } from './counter/counting.module.js';
import { DeclarationModule } from './declaration/declaration.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { PolicyQueryModule } from './policy-query/policy-query.module.js';
import { ReleaseModule } from './release/release.module.js';
import { RiskModule } from './risk/risk.module.js';
import { RuleSetModule } from './rule-set/rule-set.module.js';

@Module({
  imports: [
    BoardModule,
    CalendarModule,
    ConsultationModule,
    CountingModule,
    JobsModule,
    RiskModule,
    DeclarationModule,
    PolicyQueryModule,
    ReleaseModule,
    RuleSetModule,
  ],
})
export class CustomsModule {}
