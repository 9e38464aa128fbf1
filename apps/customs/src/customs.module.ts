import { Module } from '@nestjs/common';
import { BoardModule } from './board/board.module.js';
import { CalendarModule } from './calendar/calendar.module.js';
import { ConsultationModule } from './consultation/consultation.module.js';
import { CountingModule } from './counter/counting.module.js';
import { DeclarationModule } from './declaration/declaration.module.js';
import { DocumentModule } from './document/document.module.js';
import { FeedModule } from './feed/feed.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { PolicyQueryModule } from './policy-query/policy-query.module.js';
import { PrefillModule } from './prefill/prefill.module.js';
import { ReleaseModule } from './release/release.module.js';
import { ReminderModule } from './reminder/reminder.module.js';
import { RiskModule } from './risk/risk.module.js';
import { RuleSetModule } from './rule-set/rule-set.module.js';
import { StatisticsModule } from './statistics/statistics.module.js';

@Module({
  imports: [
    BoardModule,
    CalendarModule,
    ConsultationModule,
    CountingModule,
    DocumentModule,
    FeedModule,
    JobsModule,
    ReminderModule,
    StatisticsModule,
    RiskModule,
    DeclarationModule,
    PolicyQueryModule,
    PrefillModule,
    ReleaseModule,
    RuleSetModule,
  ],
})
export class CustomsModule {}
