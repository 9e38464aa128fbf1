import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { JobModule } from '../job/job.module.js';
import { ComputeUsageModule } from '../usage/usage.module.js';
import { OutputController } from './output.controller.js';
import { OutputQueries } from './output.queries.js';
import { OutputRepository } from './output.repository.js';
import { ReviewOutput } from './review-output.use-cases.js';
import { OutputRows, SubmitOutput } from './submit-output.use-cases.js';

@Module({
  imports: [AccessModule, JobModule, ComputeUsageModule],
  controllers: [OutputController],
  providers: [SubmitOutput, ReviewOutput, OutputQueries, OutputRepository, OutputRows],
})
export class OutputModule {}
