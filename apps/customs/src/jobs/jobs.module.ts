import { Module } from '@nestjs/common';
import { ReleaseModule } from '../release/release.module.js';
import { ReminderModule } from '../reminder/reminder.module.js';
import { RiskModule } from '../risk/risk.module.js';
import { OfficeJobs, ReleaseJobs } from './customs.jobs.js';

@Module({ imports: [ReleaseModule, ReminderModule, RiskModule], providers: [ReleaseJobs, OfficeJobs] })
export class JobsModule {}
