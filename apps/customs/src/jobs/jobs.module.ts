import { Module } from '@nestjs/common';
import { ReleaseModule } from '../release/release.module.js';
import { ReminderModule } from '../reminder/reminder.module.js';
import { RiskModule } from '../risk/risk.module.js';
import { OfficeJobs, ReleaseJobs, RuleJobs } from './customs.jobs.js';
import { RuleSetModule } from '../rule-set/rule-set.module.js';

@Module({
  imports: [ReleaseModule, ReminderModule, RiskModule, RuleSetModule],
  providers: [ReleaseJobs, OfficeJobs, RuleJobs],
})
export class JobsModule {}
