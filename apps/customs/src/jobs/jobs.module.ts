import { Module } from '@nestjs/common';
import { ReleaseModule } from '../release/release.module.js';
import { RiskModule } from '../risk/risk.module.js';
import { CustomsJobs } from './customs.jobs.js';

@Module({ imports: [ReleaseModule, RiskModule], providers: [CustomsJobs] })
export class JobsModule {}
