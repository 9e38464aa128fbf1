import { Inject, Injectable } from '@nestjs/common';
import type { Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { ComputeTerms } from '../access/compute-grant.js';
import type { SandboxConfig } from '../sandbox.config.js';
import type { ComputeAmounts } from '../usage/compute-usage.js';
import type { UsageError } from '../usage/usage.errors.js';
import { ComputeLedger } from '../usage/usage.ledger.js';
import { isHouseFailure } from './job.js';
import { JobPlanner, questionsIn, type PlannedJob } from './job.planner.js';
import type { Job } from './job.record.js';
import { JobRepository } from './job.repository.js';

const MS = 1_000;
const MIB_A_GIB = 1_024;

/** What every step of a job's life needs: its rows, its plan, its money. */
@Injectable()
export class JobDesk {
  readonly jobs: JobRepository;
  readonly planner: JobPlanner;
  readonly #ledger: ComputeLedger;
  readonly #config: SandboxConfig;

  constructor(
    jobs: JobRepository,
    planner: JobPlanner,
    ledger: ComputeLedger,
    @Inject(SERVICE_CONFIG) config: SandboxConfig,
  ) {
    this.jobs = jobs;
    this.planner = planner;
    this.#ledger = ledger;
    this.#config = config;
  }

  /** The most a job can use before it is stopped: its code, and each of its questions, their whole time. The twin costs nothing. */
  estimate(planned: PlannedJob, isDryRun: boolean): ComputeAmounts {
    if (isDryRun) return {};
    const { SANDBOX_QUERY_TIMEOUT_MS: query, SANDBOX_JOB_TIMEOUT_MS: code } = this.#config;
    const seconds = (questionsIn(planned) * query + (planned.kind === 'code' ? code : 0)) / MS;
    return { vcpu_seconds: seconds, gb_seconds: (seconds * this.#config.SANDBOX_WORKER_MEMORY_MIB) / MIB_A_GIB };
  }

  reserve(tx: Tx, job: Job, terms: ComputeTerms): Promise<Result<null, UsageError>> {
    return this.#ledger.reserve(tx, this.#use(job, job.submittedAt), job.reserved, terms);
  }

  /** Closes a job's account: settled by what it used, or given back where the house failed or nothing ran. */
  async closeAccount(tx: Tx, job: Job, at: Date): Promise<Job> {
    if (job.used === null || isHouseFailure(job.state)) {
      await this.#ledger.refund(tx, job.id, at);
      return { ...job, money: 'refunded' };
    }
    await this.#ledger.settle(tx, this.#use(job, at), job.used);
    return { ...job, money: 'settled' };
  }

  #use({ id, agreementId, enclaveId, meters }: Job, at: Date) {
    return { useId: id, agreementId, enclaveId, meters, at };
  }
}
