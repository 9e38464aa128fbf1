import { Injectable } from '@nestjs/common';
import { err, ok, seesEveryTenant, seesTenant, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import type { CallerIdentity } from '@hetao/runtime';
import { ComputeAccess } from '../access/compute.access.js';
import { jobErrors } from './job.errors.js';
import type { Job } from './job.record.js';
import { JobRepository, type JobAuthorship } from './job.repository.js';
import { ReceiptWriter, type JobReceipt } from '../receipt/receipt.writer.js';

/** Jobs as somebody may see them. A buyer's people see results only while the enclave is open to them. */
@Injectable()
export class JobQueries {
  readonly #uow: UnitOfWork;
  readonly #jobs: JobRepository;
  readonly #access: ComputeAccess;
  readonly #receipts: ReceiptWriter;

  constructor(uow: UnitOfWork, jobs: JobRepository, access: ComputeAccess, receipts: ReceiptWriter) {
    this.#uow = uow;
    this.#jobs = jobs;
    this.#access = access;
    this.#receipts = receipts;
  }

  /** @returns JOB_UNKNOWN for one that is somebody else's; the errors of access where a result is an export. */
  get(id: string, caller: CallerIdentity): Promise<Result<Job, DomainError>> {
    return this.#uow.run(async (tx) => {
      const job = await this.#jobs.find(tx, id);
      if (!job || !isParty(job, caller)) return err(jobErrors.JOB_UNKNOWN(`There is no job ${id} of yours.`));
      // Seen by the buyer's people, a result leaves the enclave: the grounds must hold now, not only when it was asked.
      const isShown = job.result !== null && !job.isDryRun && caller.organisationId === job.buyerId;
      const opened = isShown ? await this.#access.open(tx, job.enclaveId, caller) : ok(null);
      return opened.ok ? ok(job) : opened;
    });
  }

  list(caller: CallerIdentity, enclaveId: string | null, afterId: string, limit: number): Promise<Job[]> {
    const organisationId = seesEveryTenant(caller) ? null : caller.organisationId;
    return this.#uow.run((tx) => this.#jobs.list(tx, { organisationId, enclaveId }, afterId, limit));
  }

  /** One person's own jobs under one agreement, newest first. */
  newestOf(whose: JobAuthorship, limit: number): Promise<Job[]> {
    return this.#uow.run((tx) => this.#jobs.newestOf(tx, whose, limit));
  }

  /** What a job is made of. It tells nothing of the data. @returns JOB_UNKNOWN. */
  code(id: string, caller: CallerIdentity): Promise<Result<Pick<Job, 'kind' | 'codeHash' | 'body'>, DomainError>> {
    return this.#uow.run(async (tx) => {
      const job = await this.#jobs.find(tx, id);
      return job && isParty(job, caller) ? ok(job) : err(jobErrors.JOB_UNKNOWN(`There is no job ${id} of yours.`));
    });
  }

  receipt(id: string, caller: CallerIdentity): Promise<Result<JobReceipt, DomainError>> {
    return this.#uow.run(async (tx) => {
      const job = await this.#jobs.find(tx, id);
      const receipt = job && isParty(job, caller) ? await this.#receipts.find(tx, id) : null;
      return receipt ? ok(receipt) : err(jobErrors.JOB_UNKNOWN(`There is no receipt of a job ${id} of yours.`));
    });
  }
}

function isParty(job: Job, caller: CallerIdentity): boolean {
  return seesTenant(caller, job.buyerId) || caller.organisationId === job.custodianId;
}
