import { Module } from '@nestjs/common';
import { ParticipantModule } from '../participant/participant.module.js';
import { DemandController } from './demand.controller.js';
import { DemandJobs } from './demand.jobs.js';
import { DemandQueries } from './demand.queries.js';
import { DemandRepository } from './demand.repository.js';
import { DemandBoard } from './demand.use-cases.js';

@Module({
  imports: [ParticipantModule],
  controllers: [DemandController],
  providers: [DemandRepository, DemandQueries, DemandBoard, DemandJobs],
})
export class DemandModule {}
