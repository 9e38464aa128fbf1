import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { QueryLedger } from '../disclosure/query-ledger.repository.js';
import { ContainerRuntime } from '../container/container.runtime.js';
import { EnclaveStore } from '../enclave/enclave.store.js';
import { IsolationModule } from '../isolation/isolation.module.js';
import { QueryParser } from '../query-gate/query.parser.js';
import { ReceiptModule } from '../receipt/receipt.module.js';
import { ComputeUsageModule } from '../usage/usage.module.js';
import { CodeApprovalController } from './code-approval.controller.js';
import { CodeApprovals } from './code-approval.repository.js';
import { ApprovalRows, ApproveCode } from './code-approval.use-cases.js';
import { JobEnd } from './job-end.use-cases.js';
import { JobBooks } from './job.books.js';
import { JobController } from './job.controller.js';
import { JobDesk } from './job.desk.js';
import { JobPlanner } from './job.planner.js';
import { JobQueries } from './job.queries.js';
import { JobRepository } from './job.repository.js';
import { JobRunner } from './job.runner.js';
import { JobTimer } from './job.timer.js';
import { RunJobs, Surroundings } from './run-jobs.use-cases.js';
import { SteerJob } from './steer-job.use-cases.js';
import { SubmitJob } from './submit-job.use-cases.js';

const desk = [
  JobDesk,
  JobPlanner,
  JobRunner,
  JobRepository,
  JobBooks,
  QueryParser,
  QueryLedger,
  EnclaveStore,
  ContainerRuntime,
];

@Module({
  imports: [AccessModule, IsolationModule, ComputeUsageModule, ReceiptModule],
  controllers: [JobController, CodeApprovalController],
  providers: [
    ...desk,
    ApprovalRows,
    ApproveCode,
    CodeApprovals,
    SubmitJob,
    SteerJob,
    RunJobs,
    Surroundings,
    JobEnd,
    JobQueries,
    JobTimer,
  ],
  exports: [JobQueries, SubmitJob, SteerJob, JobRepository],
})
export class JobModule {}
