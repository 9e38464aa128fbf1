import { Module } from '@nestjs/common';
import { BoardModule } from './board/board.module.js';
import { CalendarModule } from './calendar/calendar.module.js';
import { ConsultationModule } from './consultation/consultation.module.js';
import { CounterModule } from './counter/counter.module.js';
import { DeclarationModule } from './declaration/declaration.module.js';
import { PolicyQueryModule } from './policy-query/policy-query.module.js';
import { ReleaseModule } from './release/release.module.js';
import { RuleSetModule } from './rule-set/rule-set.module.js';

@Module({
  imports: [
    BoardModule,
    CalendarModule,
    ConsultationModule,
    CounterModule,
    DeclarationModule,
    PolicyQueryModule,
    ReleaseModule,
    RuleSetModule,
  ],
})
export class CustomsModule {}
